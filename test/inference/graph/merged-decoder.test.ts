import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { attributeOf } from '../../../lib/inference/graph/nodes.js';
import { type GraphProto, ModelProtoSchema } from '../../../lib/inference/graph/onnx_pb.js';
import { editFixture } from './exports.js';
import { type Draft, editChanged, expectSameNumbers } from './respell.js';

const MERGED = ['families/gpt2-merged', 'families/llama-merged'];

/** The decoder for no caches, inside the `If`. */
function branchOf({ nodes }: Draft): GraphProto {
  const branch = nodes('If').flatMap((node) => attributeOf(node, 'else_branch')?.g ?? [])[0];
  if (branch === undefined) {
    throw new Error('no branch');
  }
  return branch;
}

describe.each(MERGED)('the merged decoder %s', (name) => {
  it('becomes a plain one: no choice is left, and nothing of the decoder with caches', () => {
    const { graph } = fromBinary(ModelProtoSchema, editFixture(name).bytes);
    const inputs = graph?.input.map((input) => input.name) ?? [];
    expect(inputs).toContain('input_ids');
    expect(inputs.filter((input) => /^(use_cache_branch|past_key_values)/.test(input))).toEqual([]);
    expect(graph?.node.map(({ opType }) => opType)).not.toContain('If');
  });

  it('may call what it returns by other names inside', async () => {
    await expectSameNumbers(name, (draft) => {
      const branch = branchOf(draft);
      const maker = branch.node.find(({ output }) => output.includes('logits'));
      const returned = branch.output.find((output) => output.name === 'logits');
      if (maker === undefined || returned === undefined) {
        throw new Error('no logits');
      }
      maker.output = maker.output.map((output) => (output === 'logits' ? 'test.logits' : output));
      returned.name = 'test.logits';
    });
  });

  it('may keep its weights inside', async () => {
    await expectSameNumbers(name, (draft) => {
      const [choice] = draft.nodes('If');
      const branch = branchOf(draft);
      // The other decoder, which reads the same weights, goes: it would miss them.
      const other = choice?.attribute.find((attribute) => attribute.name === 'then_branch');
      if (other !== undefined) {
        other.g = branch;
      }
      branch.initializer.push(...draft.graph.initializer.splice(0));
    });
  });

  it('is refused when it has no decoder for no caches', () => {
    const edit = editChanged(name, (draft) => {
      const [choice] = draft.nodes('If');
      if (choice !== undefined) {
        choice.attribute = choice.attribute.filter((attribute) => attribute.name !== 'else_branch');
      }
    });
    expect(edit).toEqual({
      kind: 'refused',
      reason: 'If node optimum::if: no decoder for use_cache_branch = false was found in it',
    });
  });
});
