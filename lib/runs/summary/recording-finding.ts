import type { RecordingComparison } from '../recorded/compare-with-recording.js';
import type { Summary } from './summary-record.js';

/** What float32 leaves open between machines and providers, in nats. */
export const ROUNDING = 1e-4;

/** Whether the readings just made are those that were recorded, in a sentence or two; nothing where a study compares none. */
export function recordingFinding({ recordings }: Pick<Summary, 'recordings'>): string[] {
  if (recordings.length === 0) {
    return [];
  }
  const odd = recordings.filter((one) => !isSame(one));
  const same = recordings.filter(isSame);
  const compared = same.reduce((sum, one) => sum + one.compared, 0);
  const largest = same.reduce((most, { largestDifference }) => Math.max(most, largestDifference ?? 0), 0);
  const agree =
    same.length === 0
      ? []
      : [
          `The readings of ${named(same)} are those that were recorded: ${compared.toLocaleString('en')} compared, an option's ` +
            `log-probability differs by at most ${largest.toExponential(1)} nats (rounding allows ${ROUNDING.toExponential()}).`,
        ];
  return [...agree, ...odd.map(oddOne)];
}

function isSame({ compared, changed, notRecorded, largestDifference }: RecordingComparison): boolean {
  return compared > 0 && changed === 0 && notRecorded === 0 && (largestDifference ?? 0) <= ROUNDING;
}

function named(some: readonly RecordingComparison[]): string {
  return some.length === 1 ? (some[0]?.model ?? '') : `all ${some.length} models compared`;
}

function oddOne({ model, recording, readings, ...found }: RecordingComparison): string {
  const { compared, changed, notRecorded, largestDifference } = found;
  return (
    `${model} does not give the readings recorded in ${recording}: of ${readings}, ${compared} were compared (largest difference ` +
    `${largestDifference?.toExponential(1) ?? '–'} nats), ${changed} were recorded for other words, options or outcome, and ` +
    `${notRecorded} were not recorded. Another model file, another wording, or a provider that rounds more coarsely.`
  );
}
