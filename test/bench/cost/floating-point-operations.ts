import type { Work } from '../records.js';
import { layerParameters, type ModelShape } from './model-shape.js';

/**
 * Floating-point operations of a pass: a multiplication and an addition count as two.
 *
 * 2 · parameters of the layers · tokens, plus attention's two products (4 · head size for each pair of a query and a
 * key, in every head of every layer), plus the output layer at the positions it worked on. Norms, rotary positions,
 * activations and softmax are left out: they are not matrix products.
 */
export function floatingPointOperations(shape: ModelShape, work: Work): number {
  const layers = 2 * shape.layers * layerParameters(shape) * work.tokens;
  const attention = 4 * shape.layers * shape.heads * shape.headSize * work.attentionPairs;
  const output = 2 * shape.hiddenSize * shape.vocabularySize * work.outputRows;
  return layers + attention + output;
}

/** Work of whole prompts in batches of equal length. Attention is computed in full: half of it is masked afterwards. */
export function wholePromptWork(
  lengths: readonly number[],
  parts: { readonly runs: number; readonly outputRows: 'last' | 'all' },
): Work {
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  return {
    tokens,
    attentionPairs: lengths.reduce((sum, length) => sum + length * length, 0),
    outputRows: parts.outputRows === 'last' ? lengths.length : tokens,
    tokensPerRun: tokens / parts.runs,
  };
}

/** Work of rows in which each token of a prefix tree stands once. Attention is computed over the whole row. */
export function packedRowWork(rowTokens: readonly number[], prompts: number): Work {
  const tokens = rowTokens.reduce((sum, row) => sum + row, 0);
  return {
    tokens,
    attentionPairs: rowTokens.reduce((sum, row) => sum + row * row, 0),
    outputRows: prompts,
    tokensPerRun: tokens / rowTokens.length,
  };
}
