import type { RunPlan, WorkUnit } from '../../types.js';
import { depthFirstOrder, distinctTokens } from '../rows/depth-first-order.js';
import { megabytes } from '../rows/row-bounds.js';
import type { PlaceReading, SequenceReader, SequenceToRead } from '../sequence-reader.js';
import { NAN_LOGITS, TOP_TOKENS } from '../sequence-reader.js';
import type { BatchRunner } from './batch-runner.js';
import { logitRow, logSoftmax, topTokens } from './log-softmax.js';
import { type BatchLimits, DEFAULT_LIMITS, planEqualLength } from './plan-batches.js';

/** Why and how whole prompts are run. */
export interface BatchReaderSettings {
  readonly vocabularySize: number;
  /** `single-prompts` where a prompt's numbers depend on its neighbours. */
  readonly way: 'equal-length-batches' | 'single-prompts';
  readonly reason: string;
}

/** Enough to see the pace of a batch, few enough to cost little. */
const TIMED_PROMPTS = 4;

/** Reads sequences whole, in batches of equal length, through a graph as it came. */
export function batchReader(runner: BatchRunner, settings: BatchReaderSettings): SequenceReader {
  const { vocabularySize, way, reason } = settings;
  const limits: BatchLimits = way === 'single-prompts' ? { ...DEFAULT_LIMITS, prompts: 1 } : DEFAULT_LIMITS;
  const canKeep = runner.signature.numLogitsToKeep !== null;
  return {
    vocabularySize,
    whyNaN: NAN_LOGITS,
    plan: async (sequences): Promise<RunPlan> => {
      const lengths = sequences.map((tokenIds) => tokenIds.length);
      const units = planEqualLength(lengths, limits, { vocabularySize, lastPositionOnly: canKeep });
      const promptTokens = lengths.reduce((sum, length) => sum + length, 0);
      const runs = units.map(({ prompts }) => ({
        prompts: prompts.length,
        tokens: prompts.length * (lengths[prompts[0] ?? 0] ?? 0),
      }));
      const logits = runs.map((run) => vocabularySize * (canKeep ? run.prompts : run.tokens));
      return {
        kind: way,
        reason,
        units,
        cost: {
          promptTokens,
          distinctTokens: distinctTokens(sequences, depthFirstOrder(sequences)),
          computedTokens: promptTokens,
          longestRun: runs.reduce((most, run) => Math.max(most, run.tokens), 0),
          megabytes: megabytes(4 * logits.reduce((most, one) => Math.max(most, one), 0)),
          seconds: await estimateSeconds(runner, { sequences, units, promptTokens }),
          rowBudget: null,
        },
      };
    },
    read: async (sequences) => {
      const readings: PlaceReading[][] = sequences.map(() => []);
      const lastOnly = canKeep && sequences.every(readsLastOnly);
      const lengths = sequences.map(({ tokenIds }) => tokenIds.length);
      for (const unit of planEqualLength(lengths, limits, { vocabularySize, lastPositionOnly: lastOnly })) {
        const batch = unit.prompts.flatMap((index) => {
          const sequence = sequences[index];
          return sequence === undefined ? [] : [{ index, ...sequence }];
        });
        const firstRead = Math.min(...batch.flatMap(({ reads }) => reads.map(({ place }) => place)));
        const length = batch[0]?.tokenIds.length ?? 0;
        const output = await runner.run(
          batch.map(({ tokenIds }) => tokenIds),
          Math.max(1, Math.min(length, length - firstRead)),
        );
        for (const [row, { index, reads }] of batch.entries()) {
          readings[index] = reads.map(({ place, tokenIds }) => {
            const logProbs = logSoftmax(logitRow(output, row, length - 1 - place));
            return {
              logProbs: tokenIds.map((tokenId) => logProbs?.[tokenId] ?? Number.NaN),
              topTokens: logProbs === null ? [] : topTokens(logProbs, TOP_TOKENS),
            };
          });
        }
      }
      return readings;
    },
    release: () => runner.release(),
  };
}

/** Runs a few prompts of the middle batch and reckons what all tokens would take; null for an empty plan. */
async function estimateSeconds(
  runner: BatchRunner,
  plan: {
    readonly sequences: readonly (readonly number[])[];
    readonly units: readonly WorkUnit[];
    readonly promptTokens: number;
  },
): Promise<number | null> {
  const rows = (plan.units[plan.units.length >> 1]?.prompts ?? [])
    .slice(0, TIMED_PROMPTS)
    .flatMap((index) => {
      const tokenIds = plan.sequences[index];
      return tokenIds === undefined ? [] : [tokenIds];
    });
  const [first] = rows;
  if (first === undefined || plan.units.length === 1) {
    return null;
  }
  const start = performance.now();
  await runner.run(rows, 1);
  return ((performance.now() - start) / 1000) * (plan.promptTokens / (rows.length * first.length));
}

function readsLastOnly({ tokenIds, reads }: SequenceToRead): boolean {
  return reads.every(({ place }) => place === tokenIds.length - 1);
}
