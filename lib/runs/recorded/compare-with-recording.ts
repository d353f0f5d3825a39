import { isAbsolute } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import type { RecordedReading } from '../../inference/replay.js';
import type { Reading } from '../../types.js';
import { keyOf, PROMPT_HASH_DIGITS, readRecording } from '../store/index.js';

/** How far the readings of a run are from those recorded before, on this machine or another. */
export interface RecordingComparison {
  readonly model: string;
  /** Folder of the recording, as the study names it. */
  readonly recording: string;
  /** Readings of the run. */
  readonly readings: number;
  /** Readings scored on both sides, for the same words and options. */
  readonly compared: number;
  /** Readings that were not recorded. */
  readonly notRecorded: number;
  /** Readings recorded for other words or options, or scored on one side only. */
  readonly changed: number;
  /** Largest absolute difference of an option's log-probability, in nats; null where nothing was compared. */
  readonly largestDifference: number | null;
}

/**
 * Compares readings just made with a recording of the same model: another machine, provider or version of onnxruntime may
 * round differently, but not more than that.
 *
 * @throws InputError when the recording is missing or damaged
 */
export async function compareWithRecording(input: {
  readonly model: string;
  readonly readings: readonly Reading[];
  /** Absolute or relative to the project. */
  readonly recording: string;
}): Promise<RecordingComparison> {
  const { model, readings, recording } = input;
  const recorded = await readRecording(isAbsolute(recording) ? recording : projectPath(recording));
  return { model, recording, ...differences(readings, recorded.readings) };
}

/** @returns counts and the largest difference; see {@link RecordingComparison} */
export function differences(
  readings: readonly Reading[],
  recorded: readonly RecordedReading[],
): Omit<RecordingComparison, 'model' | 'recording'> {
  const byKey = new Map(recorded.map((reading) => [keyOf(reading), reading]));
  let [compared, notRecorded, changed] = [0, 0, 0];
  let largestDifference: number | null = null;
  for (const reading of readings) {
    const before = byKey.get(keyOf(reading));
    if (before === undefined) {
      notRecorded += 1;
    } else if (!sameQuestion(reading, before)) {
      changed += 1;
    } else if (reading.status === 'scored') {
      compared += 1;
      const own = reading.optionLogProbs.map((value, place) =>
        Math.abs(value - (before.optionLogProbs[place] ?? Number.NaN)),
      );
      largestDifference = Math.max(largestDifference ?? 0, ...own);
    }
  }
  return { readings: readings.length, compared, notRecorded, changed, largestDifference };
}

function sameQuestion(reading: Reading, before: RecordedReading): boolean {
  const digits = Math.min(before.promptHash.length, PROMPT_HASH_DIGITS);
  return (
    reading.status === before.status &&
    reading.promptHash.slice(0, digits) === before.promptHash.slice(0, digits) &&
    reading.optionCodes.join() === before.optionCodes.join()
  );
}
