import { tensorOf } from './constants.js';
import { findValue, indexGraph, inputOf, type PlacedNode, subGraphsOf, type Value } from './graph-index.js';

/**
 * Rows of a table of rotary angles (`cos_cache`), which bound the positions that can be asked for.
 *
 * A table that is chosen by an `If` (LongRoPE: one for short and one for long inputs) has the rows of its shortest branch.
 *
 * @returns null where the graph does not tell
 */
export function rotaryRows(placed: PlacedNode, input: number): number | null {
  return rowsOf(inputOf(placed, input));
}

function rowsOf(value: Value | null): number | null {
  const data = tensorOf(value)?.dims;
  if (value === null || data !== undefined) {
    return data?.[0] === undefined ? null : Number(data[0]);
  }
  const { node, scope, name } = value;
  if (node?.opType === 'If') {
    const output = node.output.indexOf(name);
    const rows = subGraphsOf(node).map((branch) => {
      const inner = indexGraph(branch).root;
      const result = branch.output[output]?.name ?? '';
      return rowsOf(findValue(inner, result) ?? findValue(scope, result));
    });
    return rows.some((one) => one === null) ? null : Math.min(...rows.flatMap((one) => one ?? []));
  }
  if (node?.opType === 'Identity' || node?.opType === 'Cast') {
    return rotaryRows({ node, scope }, 0);
  }
  const declared = scope.graph.valueInfo.find((info) => info.name === name);
  const size = declared?.type?.tensorType?.shape?.dim[0]?.value;
  return size?.case === 'dimValue' ? Number(size.value) : null;
}
