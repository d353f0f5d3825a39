import { messageOf } from '../files/input-error.js';
import type { EditedGraph } from './graph/edit-graph.js';
import type { RowBounds } from './rows/row-bounds.js';
import { rowReader } from './rows/row-reader.js';
import { openRowRunner } from './rows/row-runner.js';
import { readAlone, type Spread, spreadBetween } from './self-test.js';
import type { SequenceReader } from './sequence-reader.js';
import type { SessionSettings } from './session.js';
import { packedTolerance, withinTolerance } from './tolerance.js';
import type { Truth } from './truth.js';

/** A reader of packed rows that has passed the self-test, or why there is none. */
export type PackedReader =
  | {
      readonly kind: 'passed';
      readonly reader: SequenceReader;
      readonly spread: Spread;
      readonly tolerance: Spread;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a packed reader needs to know of a model beside its edited graph. */
export interface PackedReaderSettings extends SessionSettings {
  /** Path of the graph that was edited. */
  readonly graph: string;
  readonly headSize: number | null;
  readonly heads: number | null;
  readonly memoryMegabytes: number;
  readonly rowTokens: number | null;
  readonly onNotice: (line: string) => void;
}

/** Used for the memory estimate where neither graph nor config.json tells. */
const HEADS_IF_UNKNOWN = 32;

/** Loads an edited graph and compares packed rows with the truth; what fails is released again. */
export async function openPackedReader(
  edit: EditedGraph,
  truth: Truth,
  settings: PackedReaderSettings,
): Promise<PackedReader> {
  const bounds: RowBounds = {
    ...edit.limits,
    memoryBytes: settings.memoryMegabytes * 2 ** 20,
    shape: {
      heads: edit.heads ?? settings.heads ?? HEADS_IF_UNKNOWN,
      vocabularySize: truth.vocabularySize,
      pastLength: edit.pastLength,
    },
  };
  let reader: SequenceReader | undefined;
  try {
    const runner = await openRowRunner(settings.graph, edit, settings);
    reader = rowReader(runner, { ...settings, bounds });
    const { spread, tolerance, passes } = await testPackedReader(reader, truth);
    if (passes) {
      return { kind: 'passed', reader, spread, tolerance };
    }
    await reader.release();
    const reason =
      `packed into a row, log-probabilities differ from those of prompts alone by ${nats(spread.largest)} ` +
      `(median ${nats(spread.median)}), more than ${nats(tolerance.largest)}`;
    return { kind: 'failed', reason };
  } catch (error) {
    await reader?.release();
    return { kind: 'failed', reason: `the edited graph does not run (${messageOf(error)})` };
  }
}

/** The self-test of packed rows: all sequences in one row, and each in a row of its own, against the truth. */
export async function testPackedReader(
  reader: SequenceReader,
  { sequences, alone, dtype, neighbours }: Omit<Truth, 'runner'>,
): Promise<{ readonly spread: Spread; readonly tolerance: Spread; readonly passes: boolean }> {
  const together = spreadBetween(alone, await reader.read(sequences));
  const apart = spreadBetween(alone, await readAlone(reader, sequences));
  const spread = {
    median: Math.max(together.median, apart.median),
    largest: Math.max(together.largest, apart.largest),
  };
  const tolerance = packedTolerance(dtype, neighbours);
  return { spread, tolerance, passes: withinTolerance(spread, tolerance) };
}

function nats(difference: number): string {
  return `${difference.toExponential(1)} nats`;
}
