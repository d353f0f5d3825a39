import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { readCsvFile } from '../../lib/files/read-csv.js';
import { loadQuestionnaire } from '../../lib/runs/questionnaire.js';
import { runStudy } from '../../lib/runs/run-study.js';
import { readReadings } from '../../lib/runs/store/index.js';
import { makeStudy } from '../../lib/runs/study.js';
import { scoreCells } from '../../lib/scoring/join-orders.js';
import { loadCategories } from '../../lib/survey/categories.js';
import { loadHumanAnswers } from '../../lib/survey/human-answers.js';

// A sixth of the default countries, from every continent, none of those that no text names; npm start does all 55.
const COUNTRIES = ['USA', 'DEU', 'NZL', 'KEN', 'EGY', 'JPN', 'IDN', 'BRA', 'RUS'];

const heldOut = new Set(
  readCsvFile(
    projectPath('data', 'models', 'mini', 'held-out.csv'),
    ['iso3', 'variable'],
    'the held-out cells',
  ).map(({ values }) => `${values.iso3} ${values.variable}`),
);

async function agreementOf(name: string) {
  const study = makeStudy({
    id: 'numbers',
    title: 'Numbers of a mini model',
    models: [{ name, folder: `data/models/mini/${name}` }],
    settings: { countries: COUNTRIES, provider: 'cpu' },
  });
  const { folder } = await runStudy({
    study,
    runsFolder: mkdtempSync(join(tmpdir(), 'numbers-')),
    onProgress: () => {},
    onMessage: () => {},
    signal: new AbortController().signal,
    command: 'a test',
  });
  const { items, countries } = loadQuestionnaire(study.settings);
  const human = loadHumanAnswers(items, { weights: 'weighted' });
  const bank = new Map(items.map((item) => [item.variable, item]));
  const cells = scoreCells(await readReadings(join(folder, name)), bank, study.settings);
  const within = (held: boolean) =>
    cells.filter((cell) => heldOut.has(`${cell.country} ${cell.variable}`) === held);
  const compare = (some: typeof cells) =>
    agreement({ model: name, cells: some, human, items, countries, categories: loadCategories() });
  return { seen: compare(within(false)), unseen: compare(within(true)) };
}

describe.each([
  ['mini-100k', { seen: 0.6, unseen: 0.4 }],
  ['mini-600k', { seen: 0.8, unseen: 0.5 }],
])('%s on the default wording', (name, deviation) => {
  it('answers the question, agrees on cells that its text held, and on cells that it did not hold', async () => {
    const { seen, unseen } = await agreementOf(name);
    const show = ({ overall, deviation: own }: typeof seen): string =>
      `r ${overall.mean?.toFixed(3)}, deviation r ${own.mean?.toFixed(3)}`;
    console.log(
      `${name}: option mass ${seen.optionMass.mean?.toFixed(4)}; seen ${show(seen)}; held out ${show(unseen)}`,
    );
    expect(seen.optionMass.mean).toBeGreaterThanOrEqual(0.9);
    expect(seen.overall.mean).toBeGreaterThanOrEqual(0.8);
    expect(seen.deviation.mean).toBeGreaterThan(deviation.seen);
    // Cells that no text held: the model completes them from the others.
    expect(unseen.overall.mean).toBeGreaterThanOrEqual(0.8);
    expect(unseen.deviation.mean).toBeGreaterThan(deviation.unseen);
  });
});
