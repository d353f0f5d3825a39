import type { RowTiming, RunPlan } from '../../types.js';
import {
  NAN_LOGITS,
  type PlaceReading,
  type SequenceReader,
  type SequenceToRead,
} from '../sequence-reader.js';
import { OutOfMemory } from '../session.js';
import { type DepthFirstOrder, depthFirstOrder, distinctTokens } from './depth-first-order.js';
import { packRow } from './packed-row.js';
import { type PlannedRow, planRows } from './plan-rows.js';
import { megabytes, type RowBounds, rowBytes } from './row-bounds.js';
import { chooseRowBudget } from './row-budget.js';
import type { RowRunner } from './row-runner.js';

/** What a packed reader needs beside the loaded graph. */
export interface RowReaderSettings {
  readonly bounds: RowBounds;
  /** Tokens that a planned row holds at most; null to find by timing what is fast. */
  readonly rowTokens: number | null;
  /** Told what was not as planned: a row that had to be halved. */
  readonly onNotice: (line: string) => void;
}

// A short row is timed again: its first run may still be warming up, and another process may have had the processor.
const ENOUGH_SECONDS = 0.4;
const MOST_TURNS = 8;

/** Reads sequences packed into rows, each token once, through an edited graph. */
export function rowReader(
  runner: RowRunner,
  { bounds, rowTokens, onNotice }: RowReaderSettings,
): SequenceReader {
  const readTogether = async (sequences: readonly SequenceToRead[]): Promise<PlaceReading[][]> => {
    const row = packRow(sequences);
    try {
      return await runner.run(row);
    } catch (error) {
      if (!(error instanceof OutOfMemory) || sequences.length === 1) {
        throw error;
      }
      const half = Math.ceil(sequences.length / 2);
      onNotice(
        `Memory ran out on a packed row of ${row.tokenIds.length} tokens; its ${sequences.length} prompts are run in two rows.`,
      );
      return [
        ...(await readTogether(sequences.slice(0, half))),
        ...(await readTogether(sequences.slice(half))),
      ];
    }
  };

  const read = async (sequences: readonly SequenceToRead[]): Promise<PlaceReading[][]> => {
    const sizes = sequences.map(({ tokenIds, reads }) => ({ tokenIds, reads: reads.length }));
    const tree = depthFirstOrder(sequences.map(({ tokenIds }) => tokenIds));
    const readings: PlaceReading[][] = sequences.map(() => []);
    // Who asks for these together wants them in one run: only what a run cannot hold divides them.
    for (const row of planRows(sizes, tree, { budget: Number.POSITIVE_INFINITY, bounds })) {
      const own = row.sequences.flatMap((index) => sequences[index] ?? []);
      for (const [turn, reading] of (await readTogether(own)).entries()) {
        readings[row.sequences[turn] ?? -1] = reading;
      }
    }
    return readings;
  };

  const plan = async (sequences: readonly (readonly number[])[]): Promise<RunPlan> => {
    const tree = depthFirstOrder(sequences);
    const sizes = sequences.map((tokenIds) => ({ tokenIds, reads: 1 }));
    const rowsOf = (budget: number): PlannedRow[] => planRows(sizes, tree, { budget, bounds });
    const distinct = distinctTokens(sequences, tree);
    const budget = await chooseRowBudget({
      mostTokens: Math.max(1, Math.min(distinct, longestRow(sizes, tree, bounds))),
      distinctTokens: distinct,
      rowTokens,
      memoryMegabytes: megabytes(bounds.memoryBytes),
      time: (tokens) => timeRow(rowsOf(tokens), tokens, (own) => readTogether(lastPlaces(sequences, own))),
    });
    const rows = rowsOf(budget.tokens);
    return {
      kind: 'packed-rows',
      reason: 'prompts that begin alike share a row, in which every token is computed once',
      units: rows.map((row) => ({ prompts: row.sequences })),
      cost: {
        promptTokens: sequences.reduce((sum, { length }) => sum + length, 0),
        distinctTokens: distinct,
        computedTokens: computed(rows),
        longestRun: rows.reduce((most, { tokens }) => Math.max(most, tokens), 0),
        megabytes: megabytes(rows.reduce((most, row) => Math.max(most, rowBytes(row, bounds.shape)), 0)),
        seconds: budget.timings.find((timing) => timing.budget === budget.tokens)?.planSeconds ?? null,
        rowBudget: budget,
      },
    };
  };

  const { vocabularySize } = bounds.shape;
  return { vocabularySize, whyNaN: NAN_LOGITS, plan, read, release: () => runner.release() };
}

/** Runs the middle row of a plan and reckons what the whole plan would take. */
async function timeRow(
  rows: readonly PlannedRow[],
  budget: number,
  run: (row: PlannedRow) => Promise<unknown>,
): Promise<RowTiming> {
  const row = rows[rows.length >> 1] ?? { sequences: [], tokens: 0, reads: 0 };
  let seconds = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let turn = 0; turn < MOST_TURNS && spent < ENOUGH_SECONDS; turn += 1) {
    const start = performance.now();
    await run(row);
    const taken = (performance.now() - start) / 1000;
    spent += taken;
    seconds = Math.min(seconds, taken);
  }
  const planTokens = computed(rows);
  return {
    budget,
    tokens: row.tokens,
    prompts: row.sequences.length,
    seconds,
    planTokens,
    planSeconds: (seconds * planTokens) / Math.max(1, row.tokens),
  };
}

/** Tokens of the longest row that the bounds allow. */
function longestRow(sizes: Parameters<typeof planRows>[0], tree: DepthFirstOrder, bounds: RowBounds): number {
  const rows = planRows(sizes, tree, { budget: Number.POSITIVE_INFINITY, bounds });
  return rows.reduce((most, { tokens }) => Math.max(most, tokens), 0);
}

function lastPlaces(sequences: readonly (readonly number[])[], row: PlannedRow): SequenceToRead[] {
  return row.sequences.flatMap((index) => {
    const tokenIds = sequences[index];
    return tokenIds === undefined
      ? []
      : [{ tokenIds, reads: [{ place: tokenIds.length - 1, tokenIds: [] }] }];
  });
}

function computed(rows: readonly PlannedRow[]): number {
  return rows.reduce((sum, { tokens }) => sum + tokens, 0);
}
