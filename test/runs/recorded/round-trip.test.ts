import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { summaryTables } from '../../../lib/cli/tables/summary-tables.js';
import { findTemplate, loadTemplates } from '../../../lib/prompts/templates.js';
import { ask } from '../../../lib/runs/ask.js';
import { recordRuns } from '../../../lib/runs/recorded/record-runs.js';
import { openRecordedReadings } from '../../../lib/runs/recorded/recorded-source.js';
import type { StudyOutcome } from '../../../lib/runs/run-study.js';
import { readManifest, readReadings, readRecording } from '../../../lib/runs/store/index.js';
import type { SummaryRow } from '../../../lib/runs/summary/summary-record.js';
import { loadCountries } from '../../../lib/survey/countries.js';
import { selectCountries } from '../../../lib/survey/country-selection.js';
import { findItem, loadItems } from '../../../lib/survey/items.js';
import type { Reading } from '../../../lib/types.js';
import { newFolder, runSmall } from '../../support/small-run.js';

// A bundled model on two, four, five and ten options, with and without a country.
const MODEL = { name: 'mini-100k', folder: 'data/models/mini/mini-100k' };
const TOKENIZER = 'data/models/mini/mini-100k';
const items = ['Q1', 'Q57', 'Q106', 'Q164', 'Q199'];
const countries = ['DEU', 'KEN', 'BRA', 'THA'];
const settings = { items, countries };
const freeSettings = { ...settings, templates: ['no-country'] };

let original: StudyOutcome;
let countryFree: StudyOutcome;
let recording: string;
let replayed: StudyOutcome;

const runOf = ({ folder }: StudyOutcome): string => join(folder, MODEL.name);
const runs = (): string[] => [runOf(original), runOf(countryFree)];
const record = (changes: { readonly tokenizer?: string | null; readonly seed?: number } = {}) => {
  const out = join(newFolder(), 'recording');
  return recordRuns({ runs: runs(), out, tokenizer: TOKENIZER, seed: 1, ...changes }).then(() => out);
};

beforeAll(async () => {
  original = await runSmall(MODEL, { settings });
  countryFree = await runSmall(MODEL, { settings: freeSettings });
  recording = await record();
  replayed = await runSmall({ name: MODEL.name, readings: recording }, { settings });
}, 120_000);

/** Every number of a row by its path; what a recording is not asked to keep is left out. */
function numbersOf(row: SummaryRow | undefined): Map<string, number | null> {
  const numbers = new Map<string, number | null>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'number' || value === null) {
      numbers.set(path, value);
    } else if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        visit(inner, `${path}.${key}`);
      }
    }
  };
  visit(row, 'row');
  return numbers;
}

function expectSameNumbers(one: SummaryRow | undefined, other: SummaryRow | undefined): void {
  const [before, after] = [numbersOf(one), numbersOf(other)];
  expect([...after.keys()]).toEqual([...before.keys()]);
  expect(before.size).toBeGreaterThan(100);
  for (const [path, value] of before) {
    const found = after.get(path);
    if (value === null || found === null || found === undefined) {
      expect(found, path).toBe(value);
    } else {
      // Log-probabilities above -32 are rounded by less than 1e-6, and every number is a mean over many of them.
      expect(Math.abs(found - value), path).toBeLessThan(1e-6);
    }
  }
}

describe('a study on recorded readings', () => {
  it('finds the numbers of the model that was recorded', () => {
    expectSameNumbers(original.summary.rows[0], replayed.summary.rows[0]);
  });

  it('is marked as recorded, in its manifest, its summary and the table', () => {
    const { model, plan } = readManifest(runOf(replayed));
    expect(model).toMatchObject({ engine: 'replay', provider: 'none', dtype: 'recorded', selfTest: null });
    expect(plan.cost).toBeNull();
    expect(replayed.summary.rows[0]).toMatchObject({
      name: 'mini-100k',
      dtype: 'recorded',
      provider: 'none',
    });
    expect(summaryTables(replayed.summary)).toMatch(/^mini-100k \(recorded\) +5 /m);
    expect(summaryTables(original.summary)).not.toContain('recorded');
    expect(summaryTables(original.summary)).toMatch(
      /^Mini models: mini-100k\. These models say nothing about real language models/m,
    );
  });

  it('stores what the model stored, hashes and token ids included, with log-probabilities in float32', async () => {
    const [before, after] = await Promise.all([original, replayed].map((one) => readReadings(runOf(one))));
    const keyOf = (one: Reading): string => [one.variable, one.country, one.order].join();
    const sorted = (readings: readonly Reading[] = []): Reading[] =>
      readings.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    const rounded = sorted(before).map((one) => ({
      ...one,
      optionLogProbs: one.optionLogProbs.map(Math.fround),
      optionMass: expect.closeTo(one.optionMass ?? Number.NaN, 6),
      optionProbabilities: one.optionProbabilities.map((p) => expect.closeTo(p, 6)),
      meanScore: expect.closeTo(one.meanScore ?? Number.NaN, 6),
      topTokens: one.topTokens.map((token) => ({ ...token, logProb: Math.fround(token.logProb) })),
    }));
    // 5 items x 4 countries x 2 orders: fewer than 500, so all keep their top tokens.
    expect(rounded).toHaveLength(40);
    expect(sorted(after)).toEqual(rounded);
  });

  it('takes any part of what several runs recorded', async () => {
    const { summary } = await runSmall({ name: 'm', readings: recording }, { settings: freeSettings });
    expectSameNumbers({ ...countryFree.summary.rows[0], name: 'm' } as SummaryRow, summary.rows[0]);
  });

  it('is resumed like any other, and refused once the recording has changed', async () => {
    const runsFolder = newFolder();
    const messages: string[] = [];
    const onMessage = (line: string) => messages.push(line);
    const model = { name: MODEL.name, readings: recording };
    await runSmall(model, { settings, runsFolder });
    await runSmall(model, { settings, runsFolder, onMessage });
    expect(messages).toEqual(['mini-100k: all 40 readings were stored before; the model was not loaded.']);
    const other = { name: MODEL.name, readings: await record({ seed: 2 }) };
    await expect(runSmall(other, { settings, runsFolder })).rejects.toThrow(
      'the model files changed since it began',
    );
  });

  it('counts what was not recorded as unscored, with that reason', async () => {
    const more = { items: [...items, 'Q182'], countries: [...countries, 'JPN'] };
    const { summary } = await runSmall({ name: 'm', readings: recording }, { settings: more });
    // 6 items x 5 countries, of which 5 x 4 were recorded
    expect(summary.rows[0]?.agreement.modelCells).toMatchObject({
      unscored: 10,
      unscoredByReason: [{ reason: 'this prompt was not recorded', cells: 10 }],
    });
  });

  it('needs no tokenizer: the same numbers, with token ids unknown and no chat prompts', async () => {
    const model = { name: MODEL.name, readings: await record({ tokenizer: null }) };
    const outcome = await runSmall(model, { settings });
    expectSameNumbers(original.summary.rows[0], outcome.summary.rows[0]);
    const readings = await readReadings(runOf(outcome));
    expect(new Set(readings.map((one) => one.tokenCount))).toEqual(new Set([0]));
    const [first] = await readReadings(runOf(original));
    const same = readings.find((one) => one.promptHash === first?.promptHash);
    expect(same?.topTokens.map(({ text }) => text)).toEqual(first?.topTokens.map(({ text }) => text));
    await expect(runSmall(model, { settings: { ...settings, formats: ['chat'] } })).rejects.toThrow(
      'Preparing the chat prompts of mini-100k: it has no chat template',
    );
  });
});

describe('openRecordedReadings', () => {
  const item = findItem(loadItems(), 'Q57');
  const chosen = selectCountries(loadCountries(), ['KEN']);
  const template = findTemplate(loadTemplates(), 'people-answer');

  it('is asked by hand like the model, under its name', async () => {
    const opened = await openRecordedReadings(recording);
    const { readings, cells } = await ask(opened, { item, template, countries: chosen });
    const stored = (await readReadings(runOf(original))).filter(
      (one) => one.variable === 'Q57' && one.country === 'KEN',
    );
    expect(readings.map(({ model, optionLogProbs }) => ({ model, optionLogProbs }))).toEqual(
      stored
        .toSorted((one, other) => one.order.localeCompare(other.order))
        .map((one) => ({ model: 'mini-100k', optionLogProbs: one.optionLogProbs.map(Math.fround) })),
    );
    expect(cells).toMatchObject([{ status: 'scored' }]);
    expect((await openRecordedReadings(recording, { name: 'mine' })).model.card.name).toBe('mine');
  });

  it('notices another wording under the same template id', async () => {
    const opened = await openRecordedReadings(recording);
    const reworded = { ...template, text: template.text.replace('common', 'usual') };
    expect(reworded.text).not.toBe(template.text);
    const { cells } = await ask(opened, { item, template: reworded, countries: chosen });
    expect(cells).toMatchObject([
      { status: 'unscored', reason: 'recorded with another wording of the prompt', meanScore: null },
    ]);
  });
});

describe('a recording', () => {
  it('tells which runs made it, on what files, and how', async () => {
    const { manifest } = await readRecording(recording);
    const run = readManifest(runOf(original));
    const { units, ...plan } = run.plan;
    expect(manifest).toMatchObject({
      contract: 1,
      scoringContract: 1,
      model: { name: 'mini-100k', identity: run.model.identity, provider: 'cpu', dtype: 'float32' },
      tokenizer: TOKENIZER,
      // 5 items x 2 orders x (4 countries + nobody)
      readings: { rows: 50, unscored: 0, withTopTokens: 50, seed: 1 },
    });
    expect(manifest.runs).toHaveLength(2);
    expect(manifest.runs[0]).toEqual(
      JSON.parse(JSON.stringify({ ...run, plan: { ...plan, units: units.length } })),
    );
    expect(readFileSync(join(recording, 'manifest.json'), 'utf8')).not.toContain(original.folder);
  });

  it('comes out the same, byte for byte, from the same runs', async () => {
    const bytes = (folder: string, name: string): string =>
      readFileSync(join(folder, name)).toString('base64');
    const again = await record();
    for (const name of ['manifest.json', 'readings.parquet']) {
      expect(bytes(again, name)).toBe(bytes(recording, name));
    }
  });
});
