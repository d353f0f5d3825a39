import { elementType } from '../element-type.js';
import { describeNode, inputOf, type PlacedNode } from '../graph-index.js';
import { integerAttribute, setInput } from '../nodes.js';
import { Refusal } from '../refusal.js';
import type { AttentionContext, AttentionFound } from './attention-found.js';
import { requireMask } from './mask-terms.js';

const QUERY = 0;
const MASK = 3;
const VALID_KEYS = 6;

/**
 * Edits the Attention operator of ONNX itself (opset 23 and later) through its own input. Its causal mask may stay: in
 * depth-first order nothing that a place sees stands later in the row.
 */
export function editStandardAttention(placed: PlacedNode, context: AttentionContext): AttentionFound {
  const { node } = placed;
  const whose = describeNode(node);
  const query = inputOf(placed, QUERY);
  const mask = inputOf(placed, MASK);
  if (mask !== null) {
    requireMask(mask, whose);
  }
  if (inputOf(placed, VALID_KEYS) !== null) {
    throw new Refusal(`${whose}: it counts the valid keys of a cache, which a packed row does not have`);
  }
  setInput(node, MASK, context.inputs.bias(query && elementType(query), whose));
  return {
    operator: 'Attention',
    heads: integerAttribute(node, 'q_num_heads', 0) || null,
    pastLength: 0,
    keepsWindow: false,
    limits: [],
  };
}
