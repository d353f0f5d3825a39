import { elementType } from '../element-type.js';
import { describeNode, inputOf, type PlacedNode } from '../graph-index.js';
import { integerAttribute, setInput } from '../nodes.js';
import type { AttentionContext, AttentionFound } from './attention-found.js';
import { requireMask } from './mask-terms.js';

const QUERY = 0;
const KEY_PADDING_MASK = 4;
const ATTENTION_BIAS = 5;

/** Edits a com.microsoft.MultiHeadAttention node through its own input. It knows no positions: those are rotated before it. */
export function editMultiHeadAttention(placed: PlacedNode, context: AttentionContext): AttentionFound {
  const { node } = placed;
  const whose = describeNode(node);
  const query = inputOf(placed, QUERY);
  const bias = inputOf(placed, ATTENTION_BIAS);
  if (bias !== null) {
    requireMask(bias, whose);
  }
  setInput(node, KEY_PADDING_MASK, '');
  setInput(node, ATTENTION_BIAS, context.inputs.bias(query && elementType(query), whose));
  return {
    operator: 'MultiHeadAttention',
    heads: integerAttribute(node, 'num_heads', 0) || null,
    pastLength: 0,
    keepsWindow: false,
    limits: [],
  };
}
