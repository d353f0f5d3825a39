import type { IsFixed } from '../constants.js';
import type { PlacedNode } from '../graph-index.js';
import type { GraphLimit, WindowAndPast } from '../limits.js';
import type { RowInputs } from '../row-inputs.js';

/** What one node of attention was found to be, once it takes the tree mask. */
export interface AttentionFound extends WindowAndPast {
  readonly operator: 'GroupQueryAttention' | 'MultiHeadAttention' | 'Attention' | 'Softmax';
  readonly heads: number | null;
  readonly limits: readonly GraphLimit[];
}

/** What the edit of one node of attention needs. */
export interface AttentionContext {
  readonly inputs: RowInputs;
  readonly isFixed: IsFixed;
}

/** Edits one node of attention; null where the node turns out to be something else. @throws Refusal */
export type EditAttention = (placed: PlacedNode, context: AttentionContext) => AttentionFound | null;
