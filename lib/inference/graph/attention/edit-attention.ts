import { allNodes, describeNode, type GraphIndex } from '../graph-index.js';
import type { NodeProto } from '../onnx_pb.js';
import { Refusal } from '../refusal.js';
import type { AttentionContext, AttentionFound, EditAttention } from './attention-found.js';
import { editGroupQueryAttention } from './group-query-attention.js';
import { editMultiHeadAttention } from './multi-head-attention.js';
import { editPlainAttention } from './plain-attention.js';
import { editStandardAttention } from './standard-attention.js';

const EDITORS: Readonly<Record<string, EditAttention>> = {
  'com.microsoft.GroupQueryAttention': editGroupQueryAttention,
  'com.microsoft.MultiHeadAttention': editMultiHeadAttention,
  Attention: editStandardAttention,
  Softmax: editPlainAttention,
};
/** Mix tokens along the row in ways that no mask reaches. */
const UNMASKED = /^(LSTM|GRU|RNN|Scan|Loop|Conv|ConvTranspose|.*CausalConv.*|.*Attention.*)$/;
const KEYS = /^past_key_values\.\d+\.key$/;

/**
 * Gives every node of attention the tree mask.
 *
 * @throws Refusal naming the first node that cannot take it or mixes tokens in another way, or when a layer's cache is read
 *   and its attention was not met
 */
export function editAttention(index: GraphIndex, context: AttentionContext): AttentionFound[] {
  const found = allNodes(index).flatMap((placed) => {
    const { node } = placed;
    const edit = EDITORS[operatorOf(node)];
    if (edit === undefined && UNMASKED.test(node.opType)) {
      throw new Refusal(`${describeNode(node)}: this operator takes no tree mask`);
    }
    return edit?.(placed, context) ?? [];
  });
  const caches = index.root.graph.input.filter(({ name }) => KEYS.test(name)).length;
  if (found.length === 0 || found.length < caches) {
    throw new Refusal(`attention was recognised in ${found.length} of ${Math.max(1, caches)} layers`);
  }
  return found;
}

/** Whether a node may let tokens of a row see each other. */
export function mixesTokens(node: NodeProto): boolean {
  return operatorOf(node) in EDITORS || UNMASKED.test(node.opType);
}

function operatorOf({ domain, opType }: NodeProto): string {
  return domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`;
}
