import { InputError } from '../files/input-error.js';
import type { ContinuationReading } from '../types.js';
import { logitRow, logSoftmax } from './log-softmax.js';
import { type BatchLimits, type LogitsPerPrompt, planEqualLength } from './plan.js';
import type { GraphRunner } from './session.js';

/** Prompts with the texts that may follow each of them, in token ids. */
export interface ContinuationRequest {
  readonly prompts: readonly (readonly number[])[];
  readonly continuations: readonly (readonly (readonly number[])[])[];
  readonly limits: BatchLimits;
  readonly logits: LogitsPerPrompt;
}

/**
 * Log-probability of each continuation after its prompt: the sum over its tokens of log p(token | all before it).
 *
 * A token's log-probability stands at the place before it, so the last token of a continuation is never computed.
 *
 * @returns one list for each prompt, in the order of its continuations
 * @throws InputError for an empty prompt or continuation, or NaN logits
 */
export async function continuationLogProbs(
  runner: GraphRunner,
  { prompts, continuations, limits, logits }: ContinuationRequest,
): Promise<ContinuationReading[][]> {
  const tasks = prompts.flatMap((prompt, promptIndex) =>
    (continuations[promptIndex] ?? []).map((continuation, place) => {
      if (prompt.length === 0 || continuation.length === 0) {
        throw new InputError(
          'Reading continuations: a prompt or a continuation holds no token. Expected at least one.',
        );
      }
      return { promptIndex, place, continuation, row: [...prompt, ...continuation.slice(0, -1)] };
    }),
  );
  const results: ContinuationReading[][] = prompts.map(() => []);
  // All positions may come back, so each is counted as if the graph could not choose.
  const plan = planEqualLength(
    tasks.map((task) => task.row.length),
    limits,
    { ...logits, lastPositionOnly: false },
  );
  for (const unit of plan.units) {
    const batch = unit.prompts.flatMap((index) => tasks[index] ?? []);
    const keep = Math.max(...batch.map((task) => task.continuation.length));
    const output = await runner.run(
      batch.map((task) => task.row),
      keep,
    );
    for (const [row, task] of batch.entries()) {
      const { continuation } = task;
      let logProb = 0;
      for (const [place, tokenId] of continuation.entries()) {
        const distribution = logSoftmax(logitRow(output, row, continuation.length - 1 - place));
        const one = distribution?.[tokenId];
        if (one === undefined) {
          throw new InputError(
            `Reading continuations: no log-probability for token ${tokenId} (NaN logits, or outside the vocabulary).`,
          );
        }
        logProb += one;
      }
      const readings = results[task.promptIndex];
      if (readings !== undefined) {
        readings[task.place] = { logProb, tokens: continuation.length };
      }
    }
  }
  return results;
}
