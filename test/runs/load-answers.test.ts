import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LoadedAnswers, loadAnswers, loadReadings } from '../../lib/runs/load-answers.js';
import { recordRuns } from '../../lib/runs/recorded/record-runs.js';
import { loadSurvey } from '../../lib/runs/survey.js';
import { newFolder, runSmall } from '../support/small-run.js';

const COUNTRIES = ['DEU', 'JPN', 'KEN'];
const ITEMS = ['Q1', 'Q6', 'Q48', 'Q57', 'Q164'];
const MODEL = { name: 'mini-6k', folder: 'data/models/mini/mini-6k' };

const all = loadSurvey();
const survey = {
  items: all.items.filter(({ variable }) => ITEMS.includes(variable)),
  countries: all.countries.filter(({ iso3 }) => COUNTRIES.includes(iso3)),
};

// A recording is sorted otherwise than a run, and holds the option mass in float32.
const inOrder = ({ readings: _, cells, ...about }: LoadedAnswers) => ({
  ...about,
  cells: cells
    .map((cell) => ({ ...cell, optionMass: cell.optionMass?.toFixed(6) }))
    .toSorted((a, b) => `${a.country} ${a.variable}`.localeCompare(`${b.country} ${b.variable}`)),
});

describe('answers of a model that was asked before', () => {
  let run: string;
  let recording: string;
  beforeAll(async () => {
    const { folder } = await runSmall(MODEL, {
      settings: { countries: COUNTRIES, items: ITEMS, formats: ['plain', 'chat'] },
    });
    run = join(folder, MODEL.name);
    recording = join(newFolder(), 'recorded');
    await recordRuns({ runs: [run], out: recording, tokenizer: MODEL.folder, seed: 1 });
  }, 60_000);

  it('are the same from a run and from its recording', async () => {
    for (const choice of [{}, { format: 'chat' as const }, { orders: ['reversed' as const] }]) {
      const fromRun = await loadAnswers(run, { survey, ...choice });
      const recorded = await loadAnswers(recording, { survey, ...choice });
      expect(recorded.cells).toHaveLength(COUNTRIES.length * ITEMS.length);
      expect(inOrder(recorded)).toEqual(inOrder(fromRun));
    }
  });

  it('come with the readings behind them, whose mean scores are computed again', async () => {
    const stored = await loadReadings(run, { survey });
    const recorded = await loadReadings(recording, { survey });
    expect(recorded.readings).toHaveLength(2 * 2 * COUNTRIES.length * ITEMS.length);
    const what = ({ readings }: typeof stored) =>
      readings
        .map(({ variable, country, order, format, optionProbabilities, meanScore }) =>
          JSON.stringify([variable, country, order, format, optionProbabilities, meanScore]),
        )
        .toSorted();
    expect(what(recorded)).toEqual(what(stored));
  });

  it('of one order alone are not those of both', async () => {
    const both = await loadAnswers(run, { survey });
    const given = await loadAnswers(run, { survey, orders: ['given'] });
    expect(given.cells.map((cell) => cell.meanScore)).not.toEqual(both.cells.map((cell) => cell.meanScore));
  });

  it('in a wording that was not asked are refused with those that were', async () => {
    await expect(loadAnswers(recording, { survey, template: 'persona' })).rejects.toThrow(
      /^Loading the answers of mini-6k: .*recorded has none for persona, plain, letter\. Expected one of: people-answer, chat, letter; people-answer, plain, letter\./,
    );
  });

  it('of a folder that is not there are refused with the way to make one', async () => {
    await expect(loadAnswers('data/readings/none', { survey })).rejects.toThrow(
      /there is no folder data\/readings\/none\. Expected a run .* npx culture-lens probe/,
    );
  });
});
