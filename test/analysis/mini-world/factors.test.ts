import { describe, expect, it } from 'vitest';
import { miniWorldAnalysis } from '../../../lib/analysis/mini-world/mini-world-analysis.js';
import type { SeedContrast } from '../../../lib/analysis/mini-world/seed-contrast.js';
import { isLittle, plantedWorld } from '../../support/planted-mini-world.js';

const NOISE = { noise: 0.1 };

/** Every factor has an effect of a known direction. */
const world = plantedWorld({
  'mini-small': { ...NOISE, knows: () => 0.2 },
  'mini-middle': { ...NOISE, knows: ({ kind }) => (kind === 'country' ? 0 : 0.5) },
  'mini-large': { ...NOISE, knows: () => 1 },
  'mini-western-heavy': { ...NOISE, knows: ({ western }) => (western ? 1 : 0.05) },
  'mini-mixed': { ...NOISE, knows: ({ western }) => (western ? 0.8 : 0.2) },
  'mini-one-language': { ...NOISE, knows: ({ western }) => (western ? 1 : 0.1) },
  'mini-local-languages': { ...NOISE, knows: () => 0.6 },
  'mini-translated-languages': { ...NOISE, knows: ({ western }) => (western ? 1 : 0.1) },
  'mini-base': { ...NOISE, mass: { plain: 0.4, chat: 0.1 } },
  'mini-continued': { ...NOISE, mass: { plain: 0.4, chat: 0.1 } },
  'mini-permuted': { ...NOISE, permuted: true, knows: ({ kind }) => (kind === 'country' ? 0 : 1) },
  'mini-little-text': { ...NOISE, knows: ({ place, kind }) => (kind === null && place % 3 === 0 ? 1 : 0.1) },
  'mini-synthetic-text': { ...NOISE, knows: ({ kind }) => (kind === null ? 0.8 : 0.1) },
  'mini-more-text': { ...NOISE, knows: ({ kind }) => (kind === null ? 1 : 0.1) },
  'mini-western-synthetic-text': { ...NOISE, knows: ({ western }) => (western ? 1 : 0.05) },
});
const { factors, recipes, trainings, cells, texts } = miniWorldAnalysis(world);

const contrast = (
  all: readonly SeedContrast[],
  wanted: {
    readonly first: string;
    readonly second: string;
    readonly figure: string;
    readonly cells?: string;
    readonly format?: string;
    readonly language?: string;
  },
): SeedContrast => {
  const found = all.find(
    ({ first, second, measure }) =>
      first.recipe === `mini-${wanted.first}` &&
      second.recipe === `mini-${wanted.second}` &&
      measure.figure === wanted.figure &&
      measure.cells === (wanted.cells ?? measure.cells) &&
      measure.format === (wanted.format ?? 'plain') &&
      measure.language === (wanted.language ?? 'english'),
  );
  if (found === undefined) {
    throw new Error(`no contrast ${JSON.stringify(wanted)}`);
  }
  return found;
};

describe('size', () => {
  it('is taken in the order of parameters, whatever the order in the file, and its trend found', () => {
    const { trends, contrasts } = factors.size;
    expect(trends.map(({ measure }) => measure.figure)).toEqual(['r', 'deviation r', 'r within items']);
    for (const trend of trends) {
      expect(trend.arms.map(({ recipe }) => recipe)).toEqual(['mini-small', 'mini-middle', 'mini-large']);
      expect(trend.trend).toBeGreaterThan(0.9);
      expect(trend.adjustedP).toBeLessThan(0.01);
    }
    // Smallest and largest, and two steps, for each of three figures.
    expect(contrasts.map(({ about }) => about)).toEqual(
      [0, 1, 2].flatMap(() => ['smallest and largest', 'step', 'step']),
    );
    expect(contrast(contrasts, { first: 'small', second: 'large', figure: 'r' }).difference).toBeGreaterThan(
      0,
    );
  });

  it('sets the largest beside the completion, with what it may lose', () => {
    const [r, within] = factors.size.againstCompletion;
    expect(r).toMatchObject({ recipe: 'mini-large', figure: 'r', margin: -0.01, seeds: 4, reason: null });
    expect(within).toMatchObject({ figure: 'r within items', margin: -0.05 });
    expect(r?.difference).toBeCloseTo((r?.ofRecipe ?? 9) - (r?.ofCompletion ?? 0), 12);
    expect(r?.reached).toBe((r?.difference ?? -9) >= -0.01);
    expect(r?.least).toBeLessThanOrEqual(r?.difference ?? -9);
  });

  it('sets each training of the largest beside item means, with an interval over items and countries', () => {
    const { againstItemMeans } = factors.size;
    expect(againstItemMeans.map(({ seed }) => seed)).toEqual([1, 2, 3, 4]);
    for (const { difference, interval, ofTraining, ofItemMeans } of againstItemMeans) {
      expect(difference).toBeCloseTo((ofTraining ?? 9) - (ofItemMeans ?? 0), 12);
      expect(interval.low).toBeGreaterThan(0);
      expect(interval.low).toBeLessThan(difference ?? -9);
    }
  });
});

describe('coverage', () => {
  it('has a lean that falls, and its own beside that of item means', () => {
    const { trends, contrasts, leanOfItemMeans } = factors.coverage;
    const deviation = trends.find(({ measure }) => measure.figure === 'West minus others, deviation r');
    expect(deviation?.trend).toBeLessThan(-0.9);
    expect(deviation?.adjustedP).toBeLessThan(0.01);
    expect(
      contrast(contrasts, {
        ...{ first: 'western-heavy', second: 'middle' },
        figure: 'West minus others, deviation r',
      }).high,
    ).toBeLessThan(0);
    expect(leanOfItemMeans).not.toBeNull();
  });
});

describe('languages', () => {
  it.each(['english', 'own'])(
    'local text beats translated text, asked in %s, by both figures',
    (language) => {
      for (const figure of ['deviation r', 'r within items']) {
        const found = contrast(factors.languages.contrasts, {
          ...{ first: 'translated-languages', second: 'local-languages' },
          ...{ figure, cells: 'speakers', language },
        });
        expect(found.low, figure).toBeGreaterThan(0.1);
      }
    },
  );

  it('translated text does no more than one language', () => {
    const found = contrast(factors.languages.contrasts, {
      ...{ first: 'one-language', second: 'translated-languages', figure: 'deviation r' },
    });
    expect(Math.abs(found.difference ?? 9)).toBeLessThan(0.15);
  });
});

describe('alignment', () => {
  const all = factors.alignment.contrasts;

  it('tells format from values', () => {
    for (const format of ['plain', 'chat']) {
      const mass = { first: 'continued', second: 'permuted', figure: 'option mass', format };
      expect(contrast(all, mass).low).toBeGreaterThan(0.4);
      const values = { first: 'permuted', second: 'middle', figure: 'deviation r', format };
      expect(contrast(all, values).low).toBeGreaterThan(0.3);
      const noMass = { first: 'permuted', second: 'middle', figure: 'option mass', format };
      expect(contrast(all, noMass).difference).toBeCloseTo(0, 2);
    }
  });

  it('shows that the wrong answers were learned, and the option mass of tuned recipes only', () => {
    const permuted = factors.alignment.withOwnText.find(({ recipe }) => recipe === 'mini-permuted');
    expect(permuted?.mean).toBeGreaterThan(0.9);
    const tuned = [...new Set(factors.alignment.tunedOptionMass.map(({ recipe }) => recipe))];
    expect(tuned).toContain('mini-middle');
    expect(tuned).not.toContain('mini-base');
    expect(tuned).not.toContain('mini-continued');
  });
});

describe('synthetic text', () => {
  const all = factors.synthetic.contrasts;

  it('passes on what only its teacher saw, and nothing of what neither saw', () => {
    expect(isLittle(1, 2)).toBe(true);
    const beside = { first: 'little-text', second: 'synthetic-text', figure: 'deviation r' };
    expect(contrast(all, { ...beside, cells: 'only teacher saw' }).low).toBeGreaterThan(0.2);
    expect(Math.abs(contrast(all, { ...beside, cells: 'neither saw' }).difference ?? 9)).toBeLessThan(0.1);
    // Every arm against little text, and synthetic against as much real text, in three parts and two figures; and two leans.
    expect(all).toHaveLength((3 + 1) * 3 * 2 + 2);
  });

  it("passes on its teacher's lean", () => {
    const lean = { first: 'synthetic-text', second: 'western-synthetic-text' };
    expect(contrast(all, { ...lean, figure: 'West minus others, deviation r' }).low).toBeGreaterThan(0.2);
  });
});

describe('nothing', () => {
  it('splits the seeds of one recipe in every way, for every figure', () => {
    // Six seeds: 10 pairs of halves.
    expect(factors.null.splits.map(({ halves }) => halves.splits)).toEqual(
      Array.from({ length: 10 }, () => 10),
    );
    expect(factors.null.meanRate).toBeLessThanOrEqual(0.2);
    expect(factors.null.splits[0]?.values).toMatchObject({ recipe: 'mini-middle', planned: 6 });
  });

  it('finds no knowledge of countries that stand in no text', () => {
    const found = contrast(factors.null.contrasts, {
      ...{ first: 'permuted', second: 'middle', figure: 'deviation r', cells: 'held-out countries' },
    });
    expect(found.adjustedP).toBeGreaterThan(0.05);
  });
});

describe('the record', () => {
  it('has every recipe with its trainings, each training twice (plain, chat), and every text', () => {
    expect(recipes).toHaveLength(15);
    expect(recipes[0]).toMatchObject({
      name: 'mini-small',
      trained: [1, 2, 3, 4],
      missing: [],
      telling: 'people',
    });
    expect(trainings).toHaveLength(2 * world.trainings.length);
    expect(texts.map(({ telling }) => telling)).toContain('little');
    const count = (name: string) => cells.find((part) => part.name === name)?.cells ?? 0;
    expect(
      count('seen') + count('held-out cells') + count('held-out blocks') + count('held-out countries'),
    ).toBe(count('all'));
  });

  it('is plain data', () => {
    const record = { factors, recipes, trainings, cells, texts };
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });
});

it('a world with unfinished trainings makes no claim about their recipes and says so', () => {
  const unfinished = miniWorldAnalysis(
    plantedWorld({}, { missing: (recipe, seed) => recipe === 'mini-large' && seed > 1 }),
  );
  const found = contrast(unfinished.factors.size.contrasts, {
    first: 'middle',
    second: 'large',
    figure: 'r',
  });
  expect(found).toMatchObject({ p: null, low: null });
  expect(found.reason).toContain('1 of 4 trainings of mini-large are there');
  expect(unfinished.factors.size.trends[0]?.arms.map(({ recipe }) => recipe)).toEqual([
    'mini-small',
    'mini-middle',
  ]);
  expect(unfinished.recipes.find(({ name }) => name === 'mini-large')?.missing).toEqual([2, 3, 4]);
});
