import { SCORING_CONTRACT } from '../identity.js';
import {
  RECORDING_CONTRACT,
  readManifest,
  readReadings,
  recordedRun,
  requireNewRecording,
  type WrittenRecording,
  writeRecording,
} from '../store/index.js';
import { keepEvidence } from './evidence.js';
import { mergeRuns, type StoredRun } from './merge-runs.js';
import { checkRecordedTokenizer } from './recorded-tokenizer.js';
import { roundReadings } from './round-readings.js';

/** What {@link recordRuns} needs. */
export interface RecordingRequest {
  /** Folders of complete runs of one model. */
  readonly runs: readonly string[];
  /** New folder that the recording is written to. */
  readonly out: string;
  /** Folder of the model's tokenizer, inside the project; null for a recording without one. */
  readonly tokenizer: string | null;
  /** Of the draw of readings that keep their most probable tokens: a whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Log-probabilities are rounded to multiples of this many nats; float32 as they are by default. */
  readonly step?: number | undefined;
}

// Enough to see what a model would rather say than a letter.
const ROWS_WITH_TOP_TOKENS = 500;

/**
 * Makes a recording of finished runs: one small folder of readings that can stand in for the model where its weights are
 * not. The same runs give the same recording.
 *
 * @throws InputError when runs cannot be joined (`mergeRuns`), the tokenizer is not the model's, the folder exists, or the
 *   disk refuses; nothing is then written
 */
export async function recordRuns(request: RecordingRequest): Promise<WrittenRecording> {
  requireNewRecording(request.out);
  const runs: StoredRun[] = [];
  for (const folder of request.runs) {
    runs.push({ folder, manifest: readManifest(folder), readings: await readReadings(folder) });
  }
  const { model, readings: all } = mergeRuns(runs);
  const tokenizer =
    request.tokenizer === null ? null : checkRecordedTokenizer(request.tokenizer, { model, readings: all });
  const kept = keepEvidence(all, { rows: ROWS_WITH_TOP_TOKENS, seed: request.seed });
  const { withTopTokens } = kept;
  const step = request.step ?? null;
  const readings = step === null ? kept.readings : roundReadings(kept.readings, step);
  return writeRecording(request.out, {
    manifest: {
      contract: RECORDING_CONTRACT,
      scoringContract: SCORING_CONTRACT,
      model,
      tokenizer,
      readings: {
        rows: readings.length,
        unscored: readings.filter(({ status }) => status === 'unscored').length,
        withTopTokens,
        seed: request.seed,
        step,
      },
      runs: runs.map(({ manifest }) => recordedRun(manifest)),
    },
    readings,
  });
}
