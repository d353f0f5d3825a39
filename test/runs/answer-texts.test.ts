import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256OfText } from '../../lib/files/hash.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { findTemplate, loadTemplates } from '../../lib/prompts/templates.js';
import { compareRuns } from '../../lib/runs/compare-runs.js';
import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import { answerTextUnits } from '../../lib/runs/plan/answer-text-units.js';
import { describePlan } from '../../lib/runs/plan/describe-plan.js';
import { recordRuns } from '../../lib/runs/recorded/record-runs.js';
import { planStudy, runStudy, type StudyOutcome } from '../../lib/runs/run-study.js';
import { readManifest, readReadings } from '../../lib/runs/store/index.js';
import { makeStudy, type StudySettings } from '../../lib/runs/study.js';
import { loadCountries } from '../../lib/survey/countries.js';
import { findCountry } from '../../lib/survey/country-selection.js';
import { findItem, loadItems } from '../../lib/survey/items.js';
import { answerTextIds } from '../../lib/tokenization/encode-prompt.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import type { Prompt, Reading, SelfTest } from '../../lib/types.js';
import { answerWith, type FakeLog, fakeSource } from '../support/fake-source.js';
import { newFolder, runSmall } from '../support/small-run.js';

// A bundled model on two, four, five and ten options.
const MODEL = { name: 'mini-100k', folder: 'data/models/mini/mini-100k' };
const FOLDER = join(import.meta.dirname, '..', '..', MODEL.folder);
const items = ['Q1', 'Q57', 'Q106', 'Q164'];
const countries = ['DEU', 'KEN', 'THA'];
// The same rows whatever is fast today, so that two runs can be compared to the last digit.
const settings = { items, countries, rowTokens: 400 };
const both = { ...settings, readings: ['letter', 'answer-text'] } as const;
// Float32 numbers of one model in rows of different neighbours.
const TOLERANCE = 1e-4;

const runOf = ({ folder }: StudyOutcome): string => join(folder, MODEL.name);
const keyOf = (one: Reading): string => [one.variable, one.country, one.order, one.readingKind].join();
const sorted = (readings: readonly Reading[]): Reading[] =>
  readings.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
const ofKind = (readings: readonly Reading[], kind: Reading['readingKind']): Reading[] =>
  sorted(readings).filter((one) => one.readingKind === kind);

const bank = loadItems();
const template = findTemplate(loadTemplates(), 'people-answer');
const promptOf = ({ variable, country, order }: Reading): Prompt =>
  renderPrompt({
    ...{ item: findItem(bank, variable), template, order },
    country: findCountry(loadCountries(), country ?? ''),
  });

let outcome: StudyOutcome;
let readings: readonly Reading[];

beforeAll(async () => {
  outcome = await runSmall(MODEL, { settings: both });
  readings = await readReadings(runOf(outcome));
}, 120_000);

describe('a run that reads letters and answer texts', () => {
  it('gives every prompt a reading of each kind, and says so in its manifest', () => {
    // 4 items x 2 orders x 3 countries
    expect(ofKind(readings, 'letter')).toHaveLength(24);
    expect(ofKind(readings, 'answer-text')).toHaveLength(24);
    const { settings: asked, promptCount, status } = readManifest(runOf(outcome));
    expect(asked.readingKinds).toEqual(['letter', 'answer-text']);
    expect({ promptCount, status }).toEqual({ promptCount: 24, status: 'complete' });
  });

  it('sums each text as if it were asked alone, in the order shown, and renormalises the sums', async () => {
    const { model } = await openModelFolder(FOLDER, { provider: 'cpu', packing: 'off' });
    const tokenizer = loadTokenizer(FOLDER);
    for (const reading of ofKind(readings, 'answer-text')) {
      const prompt = promptOf(reading);
      const tokenIds = tokenizer.encode(prompt.text, { specialTokens: true });
      const texts = prompt.options.map(({ label }) => answerTextIds(tokenizer, prompt, label) ?? []);
      expect(reading).toMatchObject({
        status: 'scored',
        promptHash: sha256OfText(prompt.text),
        tokenIdsHash: sha256OfText(tokenIds.join(',')),
        optionCodes: prompt.options.map(({ code }) => code),
        optionTokenCounts: texts.map(({ length }) => length),
        ...{ optionMass: null, optionTokenIds: [], topTokens: [] },
      });
      for (const [place, text] of texts.entries()) {
        const [[alone] = []] = await model.continuationLogProbs([tokenIds], [[text]]);
        const difference = (reading.optionLogProbs[place] ?? Number.NaN) - (alone?.logProb ?? Number.NaN);
        expect(Math.abs(difference)).toBeLessThan(TOLERANCE);
      }
      const weights = reading.optionLogProbs.map(Math.exp);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(reading.optionProbabilities).toEqual(weights.map((weight) => expect.closeTo(weight / total, 9)));
    }
    await model.close();
  });

  it('has the letters of a run of letters alone, whose identity names no kind of reading', async () => {
    const letters = await runSmall(MODEL, { settings });
    expect(sorted(await readReadings(runOf(letters)))).toEqual(ofKind(readings, 'letter'));
    const { identity, model, promptsHash } = readManifest(runOf(letters));
    // As it was written down before there were answer texts: contract, model files, prompts, provider.
    expect(identity).toBe(sha256OfText(JSON.stringify([1, model.identity, promptsHash, 'cpu'])));
    expect(readManifest(runOf(outcome)).identity).not.toBe(identity);
  });

  it('is summarised by the reading that the study names first', async () => {
    const texts = await runSmall(MODEL, { settings: { ...settings, readings: ['answer-text', 'letter'] } });
    const first = ({ summary }: StudyOutcome) => summary.rows[0]?.agreement;
    expect(first(outcome)?.optionMass.mean).toBeGreaterThan(0);
    expect(first(texts)?.optionMass.mean).toBeNull();
    expect(first(texts)?.overall.mean).not.toBe(first(outcome)?.overall.mean);
    // The same run for the store, in whatever order the study names the two.
    expect(readManifest(runOf(texts)).identity).toBe(readManifest(runOf(outcome)).identity);
  });

  it('cannot go on from a run of letters alone', async () => {
    const runsFolder = newFolder();
    await runSmall(MODEL, { settings, runsFolder });
    await expect(runSmall(MODEL, { settings: both, runsFolder })).rejects.toThrow(
      'what is read (was letter, now letter,answer-text) changed since it began',
    );
  });
});

describe('a run of answer texts alone', () => {
  it('plans no letters and has the same answer texts', async () => {
    const texts = await runSmall(MODEL, { settings: { ...settings, readings: ['answer-text'] } });
    expect(sorted(await readReadings(runOf(texts)))).toEqual(ofKind(readings, 'answer-text'));
    expect(readManifest(runOf(texts)).plan).toMatchObject({ kind: 'packed-rows', units: [], cost: null });
    expect(texts.summary.rows[0]?.agreement.cells).toMatchObject({ used: 12, unscored: 0 });
  });
});

describe('a run with answer texts that is cut', () => {
  const cut = async (at: number) => {
    const stop = new AbortController();
    const runsFolder = newFolder();
    const study = makeStudy({
      ...{ id: 'small', title: 'x', models: [MODEL] },
      settings: { ...both, provider: 'cpu' },
    });
    const request = { study, runsFolder, onMessage: () => {}, command: 'a test' };
    const onProgress = ({ label, done }: { label: string; done: number }): void => {
      if (label === 'mini-100k: readings' && done >= at) {
        stop.abort();
      }
    };
    const stopped = runStudy({ ...request, onProgress, signal: stop.signal });
    await expect(stopped).rejects.toThrow(/Stopped: \d+ of 48 readings of mini-100k/);
    const stored = (await readReadings(join(runsFolder, 'small', MODEL.name))).length;
    const resumed = await runSmall(MODEL, { settings: both, runsFolder });
    return { stored, after: await readReadings(runOf(resumed)) };
  };

  it.each([1, 30])('ends with the readings of an uninterrupted one, cut at reading %i', async (at) => {
    const { stored, after } = await cut(at);
    expect(stored).toBeGreaterThanOrEqual(at);
    expect(stored).toBeLessThan(48);
    expect(sorted(after)).toEqual(sorted(readings));
  });

  it('asks nothing twice, and does not load the model when nothing is left', async () => {
    const log: FakeLog = { opened: 0, runs: 0 };
    const openSource = () =>
      fakeSource({
        ...{ name: 'fake', log, batch: 10 },
        answer: ({ prompt }) => answerWith(prompt.options.map(() => 0.5 / prompt.options.length)),
        answerTexts: ({ answerTokenIds }) => ({
          kind: 'read',
          optionLogProbs: answerTokenIds.map((ids) => -ids.length),
        }),
      });
    const runsFolder = newFolder();
    const messages: string[] = [];
    const onMessage = (line: string) => messages.push(line);
    const fake = { name: 'fake', folder: 'nowhere' };
    const given = { settings: both, runsFolder, openSource, onMessage } as const;
    await runSmall(fake, given);
    // 24 prompts in runs of 10, and one run for the countries of each item and order.
    expect(log).toEqual({ opened: 1, runs: 3 + 8 });
    await runSmall(fake, given);
    expect(log).toEqual({ opened: 1, runs: 11 });
    expect(messages).toEqual([
      'fake: 48 readings made, 0 were stored before.',
      'fake: all 48 readings were stored before; the model was not loaded.',
    ]);
  });
});

describe('the units of answer texts', () => {
  const prompts = ['Q1', 'Q57'].flatMap((variable) =>
    Array.from({ length: 20 }, (_, country) => ({ variable, country: String(country) }) as Prompt),
  );
  const sizes = (selfTest: Pick<SelfTest, 'way'> | null): number[] =>
    answerTextUnits(prompts, { selfTest: selfTest as SelfTest | null }).map((unit) => unit.prompts.length);

  it('hold all countries of an item, a few prompts where prompts run whole, and every prompt once', () => {
    expect(sizes({ way: 'packed-rows' })).toEqual([20, 20]);
    expect(sizes(null)).toEqual([20, 20]);
    expect(sizes({ way: 'equal-length-batches' })).toEqual([8, 8, 4, 8, 8, 4]);
    const places = answerTextUnits(prompts, { selfTest: null }).flatMap((unit) => unit.prompts);
    expect(places).toEqual(prompts.map((_, place) => place));
  });

  it('are named in a plan that is printed', async () => {
    const study = makeStudy({ id: 'p', title: 'P', models: [MODEL], settings: { ...both, provider: 'cpu' } });
    const silent = { onProgress: () => {}, onMessage: () => {} };
    const [plan] = await planStudy({ study, runsFolder: newFolder(), ...silent });
    const lines = plan === undefined ? [] : describePlan(plan);
    expect(lines).toContain('readings: 48 (letter, answer-text)');
    expect(lines.join('\n')).toContain(
      'answer texts: 8 units, after the letters; what follows leaves them out',
    );
  });
});

describe('comparing runs', () => {
  const request = {
    template: 'people-answer',
    format: 'plain',
    join: 'log-probabilities',
    weights: 'weighted',
  } as const;

  it('takes letters unless answer texts are named, and refuses a kind that was not read', async () => {
    const [one, other] = [runOf(outcome), runOf(await runSmall(MODEL, { settings }))];
    const letters = await compareRuns({ ...request, first: one, second: other });
    expect(letters.settings.reading).toBe('letter');
    expect(letters.estimates.find(({ id }) => id === 'r')?.difference).toBeCloseTo(0, 12);
    const texts = await compareRuns({ ...request, first: one, second: one, reading: 'answer-text' });
    expect(texts.estimates.find(({ id }) => id === 'r')?.first).not.toBe(
      letters.estimates.find(({ id }) => id === 'r')?.first,
    );
    await expect(
      compareRuns({ ...request, first: one, second: other, reading: 'answer-text' }),
    ).rejects.toThrow(`${other} holds readings of the kind letter. Expected answer-text.`);
  });
});

describe('a recording', () => {
  const record = async (run: StudyOutcome): Promise<string> => {
    const out = join(newFolder(), 'recording');
    await recordRuns({ runs: [runOf(run)], out, tokenizer: MODEL.folder, seed: 1 });
    return out;
  };
  const replay = (recording: string, changes: Partial<StudySettings> = {}): Promise<StudyOutcome> =>
    runSmall({ name: MODEL.name, readings: recording }, { settings: { ...both, ...changes } });

  it('of both kinds stands in for the model', async () => {
    const replayed = await readReadings(runOf(await replay(await record(outcome))));
    const rounded = sorted(readings).map((one) => ({
      ...one,
      optionLogProbs: one.optionLogProbs.map(Math.fround),
      optionMass: one.optionMass === null ? null : expect.closeTo(one.optionMass, 6),
      optionProbabilities: one.optionProbabilities.map((p) => expect.closeTo(p, 5)),
      meanScore: one.meanScore === null ? null : expect.closeTo(one.meanScore, 5),
      topTokens: one.topTokens.map((token) => ({ ...token, logProb: Math.fround(token.logProb) })),
    }));
    expect(sorted(replayed)).toEqual(rounded);
  });

  it('of letters alone leaves answer texts unscored, with that reason', async () => {
    const letters = await record(await runSmall(MODEL, { settings }));
    const { summary } = await replay(letters, { readings: ['answer-text'] });
    expect(summary.rows[0]?.agreement.modelCells).toMatchObject({
      unscored: 12,
      unscoredByReason: [{ reason: 'the answer texts of this prompt were not recorded', cells: 12 }],
    });
  });
});
