import { attributeOf, insertBefore, makeNode } from './nodes.js';
import type { GraphProto, NodeProto } from './onnx_pb.js';
import { Refusal } from './refusal.js';

/** Input of a merged decoder, boolean: which of its two decoders answers, the one that reads caches or the other. */
export const CACHE_BRANCH = 'use_cache_branch';

/**
 * Makes a plain decoder of a merged one, which holds a decoder without caches and one with in the branches of an `If`: the
 * nodes of the former become nodes of the graph. Its initializers come along; names from around it stay what they are.
 * A graph without such an `If` stays as it is.
 *
 * @throws Refusal when the `If` has no branch for the decoder without caches
 */
export function takeDecoderWithoutCaches(graph: GraphProto): void {
  const choices = graph.node.filter(({ opType, input }) => opType === 'If' && input[0] === CACHE_BRANCH);
  for (const choice of choices) {
    const branch = attributeOf(choice, 'else_branch')?.g;
    if (branch === undefined || branch.output.length !== choice.output.length) {
      throw new Refusal(`If node ${choice.name}: no decoder for ${CACHE_BRANCH} = false was found in it`);
    }
    insertBefore(graph, choice, [...branch.node, ...renamed(branch, choice)]);
    graph.node.splice(graph.node.indexOf(choice), 1);
    graph.initializer.push(...branch.initializer);
    graph.valueInfo.push(...branch.valueInfo);
  }
}

/** What a branch returns, under the names that the `If` gives it. */
function renamed(branch: GraphProto, { output }: NodeProto): NodeProto[] {
  return branch.output.flatMap(({ name }, index) => {
    const outside = output[index] ?? '';
    return outside === '' || outside === name
      ? []
      : [makeNode('Identity', { input: [name], output: [outside] })];
  });
}
