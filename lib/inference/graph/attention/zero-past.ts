import { ELEMENT, elementType } from '../element-type.js';
import { inputOf, type PlacedNode } from '../graph-index.js';
import { insertBefore, makeNode, setInput } from '../nodes.js';

/**
 * Makes the zeros of a past in half precision inside the graph, where onnxruntime cannot tell their size beforehand.
 *
 * Where there is no kernel for halves, as on the CPU, it puts a copy of the past in single precision before the node. Taking
 * past and present to be of one size, it gives the present the memory of that copy, and a present that is longer fails.
 */
export function zeroPast({ node, scope }: PlacedNode, input: number): void {
  const past = inputOf({ node, scope }, input);
  if (past === null || elementType(past) !== ELEMENT.float16) {
    return;
  }
  const named = (part: string): string => `packed_row.${part}.${node.output[0]}.${input}`;
  const [shape, zeros, halves] = [named('past_shape'), named('past_zeros'), named('past_halves')];
  insertBefore(scope.graph, node, [
    makeNode('Shape', { input: [past.name], output: [shape] }),
    makeNode('ConstantOfShape', { input: [shape], output: [zeros] }),
    makeNode('Cast', { input: [zeros], output: [halves], integers: { to: ELEMENT.float16 } }),
  ]);
  setInput(node, input, halves);
}
