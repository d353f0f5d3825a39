import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadQuestionnaire } from '../../lib/runs/questionnaire.js';
import { runStudy } from '../../lib/runs/run-study.js';
import { makeStudy } from '../../lib/runs/study.js';
import type { StudyArm } from '../../lib/runs/study-analyses.js';
import type { Summary, SummaryRow } from '../../lib/runs/summary/summary-record.js';
import { scoreOf } from '../../lib/scoring/make-reading.js';
import { pearson } from '../../lib/statistics/correlation.js';
import { welch } from '../../lib/statistics/hypothesis-tests/welch.js';
import { loadHumanAnswers } from '../../lib/survey/human-answers.js';
import type { Country } from '../../lib/types.js';
import { fakeSource } from '../support/fake-source.js';
import { maximumEntropyLogProbs } from './maximum-entropy.js';
import { type OracleModel, oracleModel, type Planted } from './oracle-model.js';

// Numbers that are known beforehand go the whole way: prompts, readings in a store, both orders joined, the findings.

/** As close as float64 sums of a few hundred numbers can be expected to be. */
const EXACT = 1e-9;
const BIAS = 3;
const PLANTED_R = [-0.5, 0, 0.3, 0.8, 0.95];
const SLOPE = 0.1;
const SIZES = [1e6, 1e7, 1e8, 1e9];
/** Planted r of three trainings of each of two recipes. */
const SEEDS = { plain: [0.5, 0.55, 0.6], better: [0.7, 0.72, 0.8] };

const settings = {
  items: 'wvs-209',
  countries: ['AUS', 'NLD', 'USA', 'DEU', 'BRA', 'CHN', 'EGY', 'JPN', 'KEN', 'MEX', 'NGA'],
};
const { items, countries } = loadQuestionnaire(settings);
const human = loadHumanAnswers(items, { weights: 'weighted' });
const world = { countries, items: items.filter((item) => item.canAsk && item.canMean), human };

const place = (country: Country): number => countries.findIndex(({ iso3 }) => iso3 === country.iso3);
const isMissing = (country: Country, variable: string): boolean =>
  (Number(variable.slice(1)) + place(country)) % 10 === 0;

const plans: readonly Planted[] = [
  { name: 'each-country', r: (country) => PLANTED_R[place(country) % PLANTED_R.length] ?? 0 },
  { name: 'leans-west', r: ({ western }) => (western ? 0.8 : 0.55) },
  {
    name: 'each-category',
    r: (_, category) => (category === 'ethical' ? 0.9 : category === 'security' ? -0.2 : 0.4),
    byCategory: true,
  },
  { name: 'says-the-first', r: () => 0.8, positionBias: BIAS },
  {
    ...{ name: 'leaves-out', r: () => 0.6, optionMass: 0.3 },
    missing: (country, { variable }) => isMissing(country, variable),
  },
  ...SIZES.map((size) => ({
    name: `size-${Math.log10(size)}`,
    r: () => 0.2 + SLOPE * (Math.log10(size) - 6),
  })),
];
const models = [...plans, ...recipePlans()].map((plan, seed) => oracleModel(plan, world, seed + 1));
const rows = new Map<string, SummaryRow>();
let summary: Summary;

/** Three trainings of each of two recipes. */
function recipePlans(): Planted[] {
  return Object.entries(SEEDS).flatMap(([recipe, seeds]) =>
    seeds.map((r, seed) => ({ name: `${recipe}-${seed}`, r: () => r })),
  );
}

beforeAll(async () => {
  const study = makeStudy({
    id: 'oracle',
    title: 'Known numbers',
    models: models.map(({ name }) => ({ name, folder: 'nowhere' })),
    settings: { ...settings, provider: 'cpu' },
    analyses: [
      {
        ...{ factor: 'size', seeds: false },
        arms: SIZES.map((size) => arm(`size-${Math.log10(size)}`, [`size-${Math.log10(size)}`], size)),
      },
      {
        ...{ factor: 'synthetic text', seeds: true },
        arms: Object.entries(SEEDS).map(([recipe, seeds]) =>
          arm(
            recipe,
            seeds.map((_, seed) => `${recipe}-${seed}`),
          ),
        ),
      },
    ],
  });
  ({ summary } = await runStudy({
    study,
    runsFolder: mkdtempSync(join(tmpdir(), 'oracle-')),
    onProgress: () => {},
    onMessage: () => {},
    signal: new AbortController().signal,
    command: 'a test',
    openSource: ({ name }) => fakeSource({ name, answer: modelOf(name).answer, batch: 2000 }),
  }));
  for (const row of summary.rows) {
    rows.set(row.name, row);
  }
}, 300_000);

function arm(label: string, names: readonly string[], parameters: number | null = null): StudyArm {
  return { label, models: names, parameters, format: null, template: null };
}

function modelOf(name: string): OracleModel {
  return models.find((model) => model.name === name) as OracleModel;
}

function found(name: string): SummaryRow['agreement'] {
  return (rows.get(name) as SummaryRow).agreement;
}

describe('what is planted comes back through the whole pipeline', () => {
  it('r of each country', () => {
    for (const [c, { r, cells }] of found('each-country').byCountry.entries()) {
      expect(Math.abs((r ?? 9) - (PLANTED_R[c % PLANTED_R.length] ?? 9))).toBeLessThan(EXACT);
      expect(cells.unscored).toBe(0);
    }
  });

  it('a Western lean of .25', () => {
    const { westernLean } = found('leans-west');
    expect(Math.abs((westernLean.lean ?? 9) - 0.25)).toBeLessThan(EXACT);
    expect(Math.abs((westernLean.western.mean ?? 9) - 0.8)).toBeLessThan(EXACT);
  });

  it('r of each category', () => {
    for (const { id, mean, countries: own } of found('each-category').byCategory) {
      const planted = id === 'ethical' ? 0.9 : id === 'security' ? -0.2 : 0.4;
      // Countries with one or two answers in a category have no r there.
      expect(Math.abs((mean ?? 9) - planted)).toBeLessThan(EXACT);
      expect(own.filter(({ r, n }) => (r === null) !== n < 3)).toEqual([]);
    }
  });

  it('a slope on size', () => {
    const size = summary.analyses.find(({ factor }) => factor === 'size');
    const slope = size?.trends.find(({ id }) => id === 'r')?.slope;
    expect(Math.abs((slope ?? 9) - SLOPE)).toBeLessThan(EXACT);
    expect(size?.contrasts.map(({ claim }) => claim)).toEqual(SIZES.slice(1).map(() => 'these models'));
    for (const [turn, { differences }] of (size?.contrasts ?? []).entries()) {
      const difference = differences.find(({ id }) => id === 'r')?.difference;
      expect(Math.abs((difference ?? 9) - SLOPE * (turn + 1))).toBeLessThan(EXACT);
    }
  });

  it('the difference of two recipes, with their seeds as the unit', () => {
    const [contrast] = summary.analyses.find(({ factor }) => factor === 'synthetic text')?.contrasts ?? [];
    const r = contrast?.differences.find(({ id }) => id === 'r');
    const planted = welch({ first: SEEDS.better, second: SEEDS.plain });
    expect(contrast?.claim).toBe('recipes');
    for (const [value, known] of [
      [r?.difference, planted.difference],
      [r?.low, planted.interval?.low],
      [r?.high, planted.interval?.high],
    ]) {
      expect(Math.abs((value ?? 9) - (known ?? -9))).toBeLessThan(EXACT);
    }
    // Of the 20 splits of six seeds only the one observed and its mirror image are as extreme.
    expect(r).toMatchObject({ p: 0.1, adjustedP: 0.1, smallestP: 0.1, uncertainty: 'other-seeds' });
  });

  it('option mass, and the cells that the model left out', () => {
    const { optionMass, modelCells, cells, overall } = found('leaves-out');
    expect(Math.abs((optionMass.mean ?? 9) - 0.3)).toBeLessThan(EXACT);
    const answered = (country: Country, variable: string): boolean =>
      human.meanScore(country.iso3, variable) !== null;
    const missing = countries.flatMap((country) =>
      world.items.filter(({ variable }) => answered(country, variable) && isMissing(country, variable)),
    ).length;
    expect(cells.unscored).toBe(missing);
    expect(missing).toBeGreaterThan(100);
    expect(modelCells.unscoredByReason).toEqual([{ reason: 'not planted', cells: modelCells.unscored }]);
    expect(Math.abs((overall.mean ?? 9) - 0.6)).toBeLessThan(EXACT);
  });
});

describe('a taste for the first place of 3 nats', () => {
  /** Both orders joined: half of the bias stays on each end. */
  function expected(country: string, variable: string): number | null {
    const mean = modelOf('says-the-first').meanScore(country, variable);
    const item = world.items.find((one) => one.variable === variable);
    if (mean === null || item === undefined) {
      return null;
    }
    const scores = item.options.filter(({ offered }) => offered).map(({ code }) => scoreOf(item, code) ?? 9);
    const ends = [Math.min(...scores), Math.max(...scores)];
    const weights = maximumEntropyLogProbs(scores, mean).map((logProb, k) =>
      Math.exp(logProb + (ends.includes(scores[k] ?? 9) ? BIAS / 2 : 0)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.reduce((sum, weight, k) => sum + (weight * (scores[k] ?? 9)) / total, 0);
  }

  it('leaves the r that its closed form says', () => {
    for (const { id, r } of found('says-the-first').byCountry) {
      const pairs = world.items.flatMap(({ variable }) => {
        const people = human.meanScore(id, variable);
        const model = expected(id, variable);
        return people === null || model === null ? [] : [{ people, model }];
      });
      const closed = pearson(
        pairs.map(({ people }) => people),
        pairs.map(({ model }) => model),
      ).r;
      expect(Math.abs((r ?? 9) - (closed ?? -9))).toBeLessThan(EXACT);
    }
  });

  it('shows in the order gap and leaves r almost alone', () => {
    const { orderGap, overall } = found('says-the-first');
    expect(orderGap.mean).toBeGreaterThan(0.5);
    expect(overall.mean).toBeGreaterThan(0.75);
    expect(found('leans-west').orderGap.mean).toBeLessThan(EXACT);
  });

  it('shows in how much of the probability the first option gets', () => {
    const bias = (name: string) =>
      summary.robustness.find(({ model }) => model === name)?.firstOption.excess ?? 9;
    expect(Math.abs(bias('leans-west'))).toBeLessThan(EXACT);
    expect(bias('says-the-first')).toBeGreaterThan(0.3);
  });
});
