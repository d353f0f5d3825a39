import { InputError } from '../files/input-error.js';
import { batchReader } from './batches/batch-reader.js';
import { type BatchRunner, type BatchRunnerSettings, openBatchRunner } from './batches/batch-runner.js';
import { hasNaN, readAlone, type Spread, spreadBetween, trialSequences } from './self-test.js';
import type { PlaceReading, SequenceToRead } from './sequence-reader.js';

/** What a graph as it came says about the sequences of the self-test: the truth for this export. */
export interface Truth {
  /** Still loaded. */
  readonly runner: BatchRunner;
  /** Element type of the logits. */
  readonly dtype: string;
  readonly vocabularySize: number;
  readonly sequences: readonly SequenceToRead[];
  /** Each sequence read by itself. */
  readonly alone: readonly (readonly PlaceReading[])[];
  /** Each sequence alone against the same sequence beside another of its length. */
  readonly neighbours: Spread;
}

/**
 * Loads a graph as it came and asks it the sequences of the self-test.
 *
 * @param graph path of the file
 * @param settings.longest tokens that a sequence may have
 * @throws InputError when the graph cannot be loaded, has inputs of unknown meaning, or returns NaN
 */
export async function readTruth(
  graph: string,
  settings: BatchRunnerSettings & { readonly longest: number },
): Promise<Truth> {
  const runner = await openBatchRunner(graph, settings);
  try {
    const { dims, type } = await runner.run([[0]], 1);
    const vocabularySize = dims.at(-1) ?? 0;
    const reader = batchReader(runner, { vocabularySize, way: 'equal-length-batches', reason: '' });
    const sequences = trialSequences({ vocabularySize, longest: settings.longest });
    const alone = await readAlone(reader, sequences);
    if (hasNaN(alone)) {
      throw new InputError(
        `Testing the graph ${graph}: it returns NaN or infinite logits for ordinary tokens. The weights are ` +
          'damaged, or the element type overflows: try an export in float32.',
      );
    }
    const neighbours = spreadBetween(alone, await reader.read(sequences));
    return { runner, dtype: type, vocabularySize, sequences, alone, neighbours };
  } catch (error) {
    await runner.release();
    throw error;
  }
}
