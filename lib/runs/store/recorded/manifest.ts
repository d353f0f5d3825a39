import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../../files/input-error.js';
import { parseJson, readTextFile } from '../../../files/read-json.js';
import type { ModelCard } from '../../../types.js';
import { MANIFEST_FILE } from '../layout.js';
import type { Manifest } from '../manifest-record.js';

/**
 * The number that a recording and the code must agree on. Raise it when a column or a manifest field that is read changes
 * its name, type or meaning. It is not the store's number: recordings outlive the run folders that they were made from.
 */
export const RECORDING_CONTRACT = 1;

/** The readings of a recording, beside its manifest. */
export const RECORDED_READINGS_FILE = 'readings.parquet';

/** Everything about a recording but its readings: the content of its manifest.json. */
export interface RecordingManifest {
  /** {@link RECORDING_CONTRACT} of the code that wrote it. */
  readonly contract: number;
  /** Number of the scoring contract that the readings were made under. */
  readonly scoringContract: number;
  /** The model that was asked. */
  readonly model: RecordedModelCard;
  /** Folder of the model's tokenizer and chat template, relative to the project; null where none is named. */
  readonly tokenizer: string | null;
  readonly readings: RecordedCounts;
  /** The runs that made it. */
  readonly runs: readonly RecordedRun[];
}

/** The part of a model's card that is the same in all runs of a recording. */
export type RecordedModelCard = Pick<
  ModelCard,
  'name' | 'dtype' | 'provider' | 'vocabularySize' | 'identity'
>;

/** What {@link RECORDED_READINGS_FILE} holds. */
export interface RecordedCounts {
  readonly rows: number;
  readonly unscored: number;
  /** Rows that keep their most probable tokens, and the seed that they were drawn by. */
  readonly withTopTokens: number;
  readonly seed: number;
  /** Log-probabilities and option mass are multiples of this; null where they are rounded to float32 alone. */
  readonly step: number | null;
  readonly sha256: string;
}

/**
 * The manifest of a run, with the number of its work units in place of the units, as the store contract of the run has
 * it. It tells where the readings come from; nothing is computed from it.
 */
export interface RecordedRun {
  readonly contract: number;
  readonly study: string;
  readonly identity: string;
  readonly [field: string]: unknown;
}

/** The record of one run. */
export function recordedRun(manifest: Manifest): RecordedRun {
  const { kind, reason, units, cost } = manifest.plan;
  return { ...manifest, plan: { kind, reason, units: units.length, cost } };
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
const count = z.int().nonnegative();

const recordingManifest: z.ZodType<RecordingManifest> = z.strictObject({
  contract: z.literal(RECORDING_CONTRACT),
  scoringContract: z.int(),
  model: z.strictObject({
    name: z.string().min(1),
    dtype: z.string(),
    provider: z.enum(['cuda', 'webgpu', 'cpu', 'none']),
    vocabularySize: count,
    identity: z.string().min(1),
  }),
  tokenizer: z
    .string()
    .regex(/^(?![A-Za-z]:)(?!.*\.\.)[^/\\][^\\]*$/, 'expected a path inside the project, with "/"')
    .nullable(),
  readings: z.strictObject({
    ...{ rows: count, unscored: count, withTopTokens: count, seed: count, sha256 },
    step: z.number().positive().nullable().default(null),
  }),
  runs: z.array(z.looseObject({ contract: z.number(), study: z.string(), identity: z.string() })).min(1),
});

/**
 * Reads the manifest of a recording.
 *
 * @throws InputError when there is none, when it is damaged, or when it has another contract number
 */
export function readRecordingManifest(folder: string): RecordingManifest {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) {
    throw new InputError(
      `Opening recorded readings: ${folder} has no ${MANIFEST_FILE}. Expected a folder with ${MANIFEST_FILE} and ` +
        `${RECORDED_READINGS_FILE}, as \`culture-lens record\` writes it. Check the path.`,
    );
  }
  return parseRecordingManifest(readTextFile(path, WHAT), path);
}

/** The pure part of {@link readRecordingManifest}. */
export function parseRecordingManifest(text: string, path: string): RecordingManifest {
  const source = { what: WHAT, path };
  // The number comes first: under another contract the other fields may rightly look different.
  const { contract } = parseJson(text, z.looseObject({ contract: z.number() }), source);
  if (contract !== RECORDING_CONTRACT) {
    throw new InputError(
      `Reading ${WHAT}: ${path} was written under recording contract ${contract}. Expected contract ${RECORDING_CONTRACT}, ` +
        'the only one that this version reads (the manifest of a run is no recording). Record the runs again with this version.',
    );
  }
  return parseJson(text, recordingManifest, source);
}

const WHAT = 'the manifest of recorded readings';
