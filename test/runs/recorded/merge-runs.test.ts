import { describe, expect, it } from 'vitest';
import { runIdentity, SCORING_CONTRACT } from '../../../lib/runs/identity.js';
import { keepEvidence } from '../../../lib/runs/recorded/evidence.js';
import { mergeRuns, type StoredRun } from '../../../lib/runs/recorded/merge-runs.js';
import type { Manifest } from '../../../lib/runs/store/index.js';
import type { Reading } from '../../../lib/types.js';
import { exampleManifest, exampleReading, exampleReadings, unscoredReading } from '../store/fixtures.js';

/** A complete run that holds these readings. */
function runOf(
  folder: string,
  readings: readonly Reading[],
  changes: Partial<Manifest['model']> = {},
  readingKinds: Manifest['settings']['readingKinds'] = ['letter'],
): StoredRun {
  const example = exampleManifest();
  const model = { ...example.model, ...changes };
  const settings = { ...example.settings, readingKinds };
  const identity = runIdentity({
    modelFiles: model.identity,
    prompts: example.promptsHash,
    provider: model.provider,
    scoringContract: SCORING_CONTRACT,
    readingKinds,
  });
  const promptCount = readings.length / readingKinds.length;
  const manifest = exampleManifest({ model, settings, identity, status: 'complete', promptCount });
  return { folder, manifest, readings };
}

const first = runOf('one', exampleReadings(1, 3));

describe('mergeRuns', () => {
  it('joins runs into every key once, whatever the order of runs and rows', () => {
    const second = runOf('two', [
      exampleReading(2),
      unscoredReading(9),
      exampleReading(2, { country: 'AUT' }),
    ]);
    const { model, readings } = mergeRuns([first, second]);
    expect(model).toEqual({
      name: 'mini',
      dtype: 'float32',
      provider: 'cpu',
      vocabularySize: 512,
      identity: 'c0'.repeat(32),
    });
    expect(readings.map(({ variable, country }) => `${variable} ${country}`)).toEqual([
      'Q1 NLD',
      'Q2 AUT',
      'Q2 NLD',
      'Q3 NLD',
      'Q9 null',
    ]);
    const backwards = runOf('one', first.readings.toReversed());
    expect(mergeRuns([second, backwards]).readings).toEqual(readings);
  });

  it('joins runs of a server, which have no provider, but none with a run of this machine', () => {
    const served = { engine: 'endpoint', provider: 'none' } as const;
    const [one, two] = [
      runOf('one', exampleReadings(1, 2), served),
      runOf('two', exampleReadings(2, 2), served),
    ];
    const { model, readings } = mergeRuns([one, two]);
    expect(model.provider).toBe('none');
    expect(readings.map(({ variable }) => variable)).toEqual(['Q1', 'Q2', 'Q3']);
    expect(() => mergeRuns([first, two])).toThrow('different providers (cpu, none)');
  });

  it('keeps log-probabilities in float32, 32 bits of the prompt hash, and nothing that can be computed', () => {
    const [reading] = mergeRuns([first]).readings;
    expect(reading).toEqual({
      variable: 'Q1',
      country: 'NLD',
      template: 'default',
      order: 'given',
      format: 'plain',
      readingKind: 'letter',
      promptHash: 'abababab',
      tokenCount: 80,
      status: 'scored',
      reason: null,
      optionCodes: [1, 2, 3],
      // -1.1, -1/3 and .93 as the nearest numbers of 24 bits
      optionLogProbs: [-1.100000023841858, -0.3333333432674408, -2.5],
      optionMass: 0.9300000071525574,
      topTokens: [
        { tokenId: 11, text: ' A', logProb: -0.25 },
        { tokenId: 5, text: '\n', logProb: -3.5 },
      ],
    });
  });

  it.each([
    ['other numbers', { optionLogProbs: [-1.1001, -1 / 3, -2.5] }],
    ['another wording', { promptHash: 'cd'.repeat(32) }],
    ['another number of tokens', { tokenCount: 81 }],
  ])('refuses a key that two runs give %s', (_, changes) => {
    const second = runOf('two', [exampleReading(1, changes)]);
    expect(() => mergeRuns([first, second])).toThrow(
      'Recording runs: Q1 for NLD (template "default", given order, plain, letter) is in one and in two with different numbers or wording.',
    );
  });

  it.each([
    ['another model', { name: 'maxi' }, 'one and two are of different models (mini, maxi)'],
    ['other files', { identity: 'e0' }, 'different model files under the same name (c0c0'],
    ['another provider', { provider: 'webgpu' as const }, 'different providers (cpu, webgpu)'],
    [
      'recorded readings',
      { engine: 'replay' as const, provider: 'none' as const },
      'two is itself a run of recorded',
    ],
    [
      'an imported log',
      { engine: 'imported' as const, provider: 'none' as const },
      'two was imported from the log of another program',
    ],
  ])('refuses a run of %s', (_, changes, message) => {
    expect(() => mergeRuns([first, runOf('two', exampleReadings(5, 1), changes)])).toThrow(message);
  });

  it.each([
    ['still running', { status: 'running' as const }, 'one holds 3 of 3 readings and is running'],
    ['short of readings', { promptCount: 4 }, 'one holds 3 of 4 readings and is complete'],
    ['of another scoring contract', { identity: 'f0' }, 'made under another scoring contract than 1'],
  ])('refuses a run that is %s', (_, changes, message) => {
    expect(() => mergeRuns([{ ...first, manifest: { ...first.manifest, ...changes } }])).toThrow(message);
  });

  it('takes answer texts beside letters, and asks for both of every prompt', () => {
    const letters = exampleReadings(1, 2);
    const texts = letters.map((one): Reading => ({ ...one, readingKind: 'answer-text', optionMass: null }));
    const both = runOf('both', [...letters, ...texts], {}, ['letter', 'answer-text']);
    const { readings } = mergeRuns([first, both]);
    // Q1 and Q2 with letters are the same in both runs, Q3 is in the first alone.
    expect(readings.map(({ variable, readingKind }) => `${variable} ${readingKind}`)).toEqual([
      'Q1 answer-text',
      'Q2 answer-text',
      'Q1 letter',
      'Q2 letter',
      'Q3 letter',
    ]);
    const half = { ...both, readings: letters };
    expect(() => mergeRuns([half])).toThrow('both holds 2 of 4 readings and is complete');
  });

  it('refuses to record nothing', () => {
    expect(() => mergeRuns([])).toThrow('no run folder is given');
  });
});

describe('keepEvidence', () => {
  const { readings } = mergeRuns([runOf('many', [...exampleReadings(1, 200), unscoredReading(999)])]);
  const drawnBy = (seed: number): string[] =>
    keepEvidence(readings, { rows: 20, seed }).readings.flatMap(({ variable, topTokens }) =>
      topTokens.length > 0 ? [variable] : [],
    );

  it('keeps top tokens of as many readings as asked, the same ones for the same seed', () => {
    expect(drawnBy(1)).toHaveLength(20);
    expect(drawnBy(1)).toEqual(drawnBy(1));
    expect(drawnBy(1)).not.toEqual(drawnBy(2));
  });

  it('changes nothing else', () => {
    const kept = keepEvidence(readings, { rows: 20, seed: 1 });
    expect(kept.withTopTokens).toBe(20);
    expect(kept.readings).toEqual(
      readings.map((reading, place) => ({ ...reading, topTokens: kept.readings[place]?.topTokens })),
    );
  });

  it('draws from those that have any: the unscored have none', () => {
    const kept = keepEvidence(readings, { rows: 500, seed: 1 });
    expect(kept.withTopTokens).toBe(200);
    expect(kept.readings).toEqual(readings);
  });
});
