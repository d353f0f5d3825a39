import { elementType } from '../element-type.js';
import { describeNode, inputOf, type PlacedNode } from '../graph-index.js';
import type { GraphLimit } from '../limits.js';
import { integerAttribute, setInput } from '../nodes.js';
import { Refusal } from '../refusal.js';
import { rotaryRows } from '../rotary-rows.js';
import type { AttentionContext, AttentionFound } from './attention-found.js';
import { requireMask } from './mask-terms.js';
import { zeroPast } from './zero-past.js';

const QUERY = 0;
const PAST_KEY = 3;
const PAST_VALUE = 4;
const COS_CACHE = 7;
const POSITION_IDS = 9;
const ATTENTION_BIAS = 10;

/**
 * Edits a com.microsoft.GroupQueryAttention node through its own inputs.
 *
 * It honours the position of each token only behind a past, so a past of one place is fed, which the mask hides. Its window
 * and the rows of its rotary table count places of the row, not positions.
 */
export function editGroupQueryAttention(placed: PlacedNode, context: AttentionContext): AttentionFound {
  const { node } = placed;
  const whose = describeNode(node);
  const query = inputOf(placed, QUERY);
  const limits: GraphLimit[] = [];
  const bias = inputOf(placed, ATTENTION_BIAS);
  if (bias !== null) {
    requireMask(bias, whose);
  }
  if (inputOf(placed, PAST_KEY) === null) {
    throw new Refusal(`${whose}: without a past, which it needs to honour positions`);
  }
  for (const past of [PAST_KEY, PAST_VALUE]) {
    zeroPast(placed, past);
  }
  setInput(node, ATTENTION_BIAS, context.inputs.bias(query && elementType(query), whose));
  if (integerAttribute(node, 'do_rotary', 0) === 1) {
    setInput(node, POSITION_IDS, context.inputs.positions({ shape: 'batch', offset: 0 }));
    const rows = rotaryRows(placed, COS_CACHE);
    if (rows === null) {
      throw new Refusal(`${whose}: the length of its rotary table is not known`);
    }
    limits.push({ of: 'places', most: rows - 1, reason: "the rotary table's rows" });
  }
  const window = integerAttribute(node, 'local_window_size', -1);
  if (window > 0) {
    limits.push({ of: 'places', most: window, reason: 'the attention window, counted in places of a row' });
  }
  // A cache that holds the window alone would need to be fed in full; as it is, past and row stand in one.
  node.attribute = node.attribute.filter(({ name }) => name !== 'sliding_window_cache');
  return {
    operator: 'GroupQueryAttention',
    heads: integerAttribute(node, 'num_heads', 0) || null,
    pastLength: 1,
    keepsWindow: true,
    limits,
  };
}
