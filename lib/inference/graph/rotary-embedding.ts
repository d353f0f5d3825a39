import type { IsFixed } from './constants.js';
import { inputOf, type PlacedNode } from './graph-index.js';
import type { GraphLimit } from './limits.js';
import { setInput } from './nodes.js';
import { rotaryRows } from './rotary-rows.js';
import type { RowInputs } from './row-inputs.js';

/**
 * Makes a fused RotaryEmbedding node take fed positions, be it the one of ONNX itself or the one of com.microsoft. One that
 * follows the export's `position_ids` does so already.
 *
 * @returns the bound that the rows of its table set: the operator compares them with the places of the row
 */
export function editRotaryEmbedding(
  placed: PlacedNode,
  { inputs, isFixed }: { readonly inputs: RowInputs; readonly isFixed: IsFixed },
): GraphLimit[] {
  const { node } = placed;
  const contributed = node.domain === 'com.microsoft';
  const [positionIds, cosines] = contributed ? [1, 2] : [3, 1];
  const positions = inputOf(placed, positionIds);
  if (positions === null) {
    // The tables are then given for each place, picked by positions elsewhere.
    return [];
  }
  if (isFixed(positions)) {
    setInput(node, positionIds, inputs.positions({ shape: 'batch', offset: 0 }));
  }
  const rows = rotaryRows(placed, cosines);
  return rows === null ? [] : [{ of: 'places', most: rows, reason: "the rotary table's rows" }];
}
