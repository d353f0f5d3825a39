import { InputError } from '../files/input-error.js';
import { logitRow, logSoftmax } from './log-softmax.js';
import type { GraphRunner } from './session.js';

const ROWS = 3;
const LENGTH = 12;
// Small ids exist in every vocabulary; the ids themselves do not matter, only that rows differ.
const VOCABULARY_FLOOR = 200;

/** What the self-test found. */
export interface BatchSpread {
  readonly vocabularySize: number;
  /** Largest difference of any token's log-probability between a row alone and the same row among others. */
  readonly spread: number;
}

/**
 * Runs a few rows alone and together and compares all their next-token log-probabilities.
 *
 * Dynamic quantisation scales over the whole batch, so there a prompt's numbers depend on its neighbours: this is how
 * that is noticed.
 *
 * @throws InputError when the graph returns NaN or infinite logits
 */
export async function measureBatchSpread(runner: GraphRunner, graph: string): Promise<BatchSpread> {
  const rows = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: LENGTH }, (_, place) => (7 + 31 * row + 17 * place * (row + 1)) % VOCABULARY_FLOOR),
  );
  const together = await runner.run(rows, 1);
  let vocabularySize = 0;
  let spread = 0;
  for (const [index, row] of rows.entries()) {
    const alone = logSoftmax(logitRow(await runner.run([row], 1), 0, 0));
    const among = logSoftmax(logitRow(together, index, 0));
    if (alone === null || among === null) {
      throw new InputError(
        `Testing the graph ${graph}: it returns NaN or infinite logits for ordinary tokens. The weights are damaged, or ` +
          'the element type overflows: try an export in float32.',
      );
    }
    vocabularySize = alone.length;
    for (const [token, logProb] of alone.entries()) {
      // Both may be minus infinity where an export masks unused tokens.
      const difference = Math.abs(logProb - (among[token] ?? Number.NaN));
      spread = Math.max(spread, Number.isNaN(difference) ? 0 : difference);
    }
  }
  return { vocabularySize, spread };
}
