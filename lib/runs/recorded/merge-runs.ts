import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../../files/input-error.js';
import type { RecordedReading } from '../../inference/replay.js';
import type { Reading } from '../../types.js';
import { runIdentity, SCORING_CONTRACT } from '../identity.js';
import {
  describeKey,
  keyOf,
  type Manifest,
  PROMPT_HASH_DIGITS,
  type RecordedModelCard,
} from '../store/index.js';

/** A run folder that was read whole. */
export interface StoredRun {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly readings: readonly Reading[];
}

/** Several runs of one model as one. */
export interface MergedRuns {
  readonly model: RecordedModelCard;
  /** Every key once, in an order that does not depend on how the runs were planned. */
  readonly readings: readonly RecordedReading[];
}

/**
 * Joins complete runs of one model, computed here or by a server. A reading that two runs share must have the same numbers in both.
 *
 * @throws InputError for no run, an incomplete one, one of recorded readings, of an imported log or under another scoring
 *   contract, runs of different models, model files or providers, and a key with different numbers
 */
export function mergeRuns(runs: readonly StoredRun[]): MergedRuns {
  const [first] = runs;
  if (first === undefined) {
    throw new InputError(
      'Recording runs: no run folder is given. Expected at least one, such as data/runs/<study>/<model>.',
    );
  }
  for (const run of runs) {
    checkRun(run);
    checkSameModel(first, run);
  }
  const { name, dtype, provider, vocabularySize, identity } = first.manifest.model;
  return { model: { name, dtype, provider, vocabularySize, identity }, readings: joinReadings(runs) };
}

function checkRun({ folder, manifest, readings }: StoredRun): void {
  const { model, status, promptCount, promptsHash, settings } = manifest;
  const { readingKinds } = settings;
  const expected = promptCount * readingKinds.length;
  if (model.engine === 'imported') {
    throw new InputError(
      `Recording runs: ${folder} was imported from the log of another program. Expected runs of the model. Pass on the log instead.`,
    );
  }
  if (model.engine === 'replay') {
    throw new InputError(
      `Recording runs: ${folder} is itself a run of recorded readings. Expected runs of the model. Pass on the recording instead.`,
    );
  }
  if (status !== 'complete' || readings.length !== expected) {
    throw new InputError(
      `Recording runs: ${folder} holds ${readings.length} of ${expected} readings and is ${status}. Expected a complete ` +
        'run. Repeat the command that began it: it goes on from there.',
    );
  }
  const { provider } = model;
  const now = {
    modelFiles: model.identity,
    prompts: promptsHash,
    provider,
    scoringContract: SCORING_CONTRACT,
    readingKinds,
  };
  if (manifest.identity !== runIdentity(now)) {
    throw new InputError(
      `Recording runs: ${folder} was made under another scoring contract than ${SCORING_CONTRACT}, that of this version. ` +
        'Expected the same. Record with the version that made the run, or probe again.',
    );
  }
}

function checkSameModel(first: StoredRun, run: StoredRun): void {
  const [one, other] = [first.manifest.model, run.manifest.model];
  const fields = [
    { what: 'models', of: (model: Manifest['model']) => model.name },
    { what: 'model files under the same name', of: (model: Manifest['model']) => model.identity },
    { what: 'providers', of: (model: Manifest['model']) => model.provider },
  ];
  const differing = fields.find(({ of }) => of(one) !== of(other));
  if (differing !== undefined) {
    throw new InputError(
      `Recording runs: ${first.folder} and ${run.folder} are of different ${differing.what} (${differing.of(one)}, ` +
        `${differing.of(other)}). Expected runs of one model on one provider. Make a recording of each.`,
    );
  }
}

function joinReadings(runs: readonly StoredRun[]): RecordedReading[] {
  const joined = new Map<string, { readonly reading: RecordedReading; readonly folder: string }>();
  for (const { folder, readings } of runs) {
    for (const whole of readings) {
      const key = keyOf(whole);
      const reading = recordedReading(whole);
      const known = joined.get(key);
      if (known === undefined) {
        joined.set(key, { reading, folder });
      } else if (!isDeepStrictEqual(known.reading, reading)) {
        throw new InputError(
          `Recording runs: ${describeKey(whole)} is in ${known.folder} and in ${folder} with different numbers or wording. ` +
            'Expected each prompt in one run, or the same reading in both. Leave one of the two runs out, or delete it and probe it again.',
        );
      }
    }
  }
  return [...joined.values()].map(({ reading }) => reading).sort(byKey);
}

function recordedReading(reading: Reading): RecordedReading {
  const { variable, country, template, order, format, readingKind, tokenCount, status, reason } = reading;
  return {
    ...{ variable, country, template, order, format, readingKind },
    promptHash: reading.promptHash.slice(0, PROMPT_HASH_DIGITS),
    ...{ tokenCount, status, reason },
    optionCodes: reading.optionCodes,
    optionLogProbs: reading.optionLogProbs.map(Math.fround),
    optionMass: reading.optionMass === null ? null : Math.fround(reading.optionMass),
    topTokens: reading.topTokens.map((token) => ({ ...token, logProb: Math.fround(token.logProb) })),
  };
}

function byKey(one: RecordedReading, other: RecordedReading): number {
  const [before, after] = [sortKey(one), sortKey(other)];
  return before < after ? -1 : before > after ? 1 : 0;
}

function sortKey({ template, format, variable, order, country, readingKind }: RecordedReading): string {
  return [template, format, readingKind, variable, order, country ?? ''].join('\u0000');
}
