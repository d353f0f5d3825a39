import { describe, expect, it } from 'vitest';
import type { Questions } from '../../../lib/analysis/training/common-cells.js';
import { type Arm, trainingAnalysis } from '../../../lib/analysis/training/training-analysis.js';
import { holm } from '../../../lib/statistics/hypothesis-tests/multiple-testing.js';
import { createRandom } from '../../../lib/statistics/random.js';
import { cellsFrom, humanFrom, type ScoreTable, someCountries, someItems } from '../small-world.js';

const COUNTRIES = 10;
const ITEMS = 24;
const countries = someCountries(COUNTRIES, ['AAA', 'BBB', 'CCC']);
const items = someItems(ITEMS);
const random = createRandom(3);
const table = (): number[][] => countries.map(() => items.map(() => random.uniform() - 0.5));
const people = table();
const questions: Questions = { human: humanFrom(countries, items, people), items, countries };

/** A model that gives people's answers with noise: the more noise, the lower its r. */
function model(name: string, noise: number, missing: (c: number, i: number) => boolean = () => false) {
  const errors = table();
  const scores: ScoreTable = people.map((row, c) =>
    row.map((value, i) => (missing(c, i) ? null : (value + noise * (errors[c]?.[i] ?? 0)) / (1 + noise))),
  );
  return { name, cells: cellsFrom(countries, items, scores) };
}

const arm = (label: string, models: Arm['models'], parameters: number | null = null): Arm => ({
  ...{ label, models, parameters },
  way: { template: 'people-answer', format: 'plain', reading: 'letter' },
});
const seeds = (label: string, noise: number, count: number) =>
  Array.from({ length: count }, (_, seed) => model(`${label}-${seed}`, noise));

describe('one of the four analyses', () => {
  it('speaks about recipes where both arms hold several trainings', () => {
    const found = trainingAnalysis(
      'synthetic text',
      [arm('little', seeds('little', 3, 4)), arm('more', seeds('more', 0.5, 4))],
      questions,
    );
    const [contrast] = found.contrasts;
    expect(contrast).toMatchObject({ first: 'little', second: 'more', claim: 'recipes' });
    const r = contrast?.differences.find(({ id }) => id === 'r');
    // All 70 splits listed; the one observed and its mirror image are the most extreme.
    expect(r).toMatchObject({ uncertainty: 'other-seeds', p: 2 / 70, smallestP: 2 / 70 });
    expect(r?.low).toBeGreaterThan(0);
    expect(found.byModel).toHaveLength(8);
    expect(found.trends).toEqual([]);
  });

  it('speaks about two given models where each arm holds one, with the interval over items and countries', () => {
    const found = trainingAnalysis(
      'alignment',
      [arm('base', [model('base', 2)]), arm('tuned', [model('tuned', 0.3)])],
      questions,
    );
    const [contrast] = found.contrasts;
    expect(contrast?.claim).toBe('these models');
    const r = contrast?.differences.find(({ id }) => id === 'r');
    expect(r).toMatchObject({ uncertainty: 'other-items-and-countries', p: null, adjustedP: null });
    expect(r?.difference).toBeCloseTo((r?.second ?? 9) - (r?.first ?? 9), 12);
    expect(found.causalNote).toContain('format');
  });

  it('gives one model against several a difference and no interval, and says why', () => {
    const [contrast] = trainingAnalysis(
      'alignment',
      [arm('base', [model('base', 2)]), arm('tuned', seeds('tuned', 0.3, 3))],
      questions,
    ).contrasts;
    expect(contrast?.claim).toBeNull();
    for (const { difference, low, reason } of contrast?.differences ?? []) {
      expect(difference).not.toBeNull();
      expect(low).toBeNull();
      expect(reason).toContain('1 and 3 models: a single training cannot speak for its recipe');
    }
  });

  it('adjusts p for the number of arms, figure by figure', () => {
    const { contrasts } = trainingAnalysis(
      'languages',
      [arm('one', seeds('one', 2, 3)), arm('two', seeds('two', 1.8, 3)), arm('many', seeds('many', 0.4, 3))],
      questions,
    );
    for (const id of ['r', 'West minus others'] as const) {
      const of = contrasts.map(({ differences }) => differences.find((difference) => difference.id === id));
      expect(of.map((one) => one?.adjustedP)).toEqual(holm(of.map((one) => one?.p ?? null)));
    }
  });

  it('computes everything on the cells that all models answered, and counts what it drops', () => {
    const holes = model('holes', 1, (_, i) => i < 4);
    const whole = model('whole', 1);
    const found = trainingAnalysis('size', [arm('a', [holes], 1e6), arm('b', [whole], 1e7)], questions);
    expect(found.cells).toEqual({
      ...{ common: COUNTRIES * (ITEMS - 4), items: ITEMS - 4, countries: COUNTRIES, withoutHumanAnswer: 0 },
      dropped: [
        { model: 'holes', unscored: 4 * COUNTRIES, forOthers: 0 },
        { model: 'whole', unscored: 0, forOthers: 4 * COUNTRIES },
      ],
    });
    const cut = ({ name, cells }: typeof whole) => ({
      name,
      cells: cells.filter(({ variable }) => Number(variable.slice(1)) > 4),
    });
    const onFewer = trainingAnalysis('size', [arm('a', [cut(holes)], 1e6), arm('b', [cut(whole)], 1e7)], {
      ...questions,
      items: items.slice(4),
    });
    expect(found.byModel[1]?.figures.r).toBeCloseTo(onFewer.byModel[1]?.figures.r ?? 9, 12);
  });

  it('draws a line through the sizes, whose trainings are no further points', () => {
    const sizes = [1e6, 1e7, 1e8, 1e9];
    const found = trainingAnalysis(
      'size',
      sizes.map((size, turn) => arm(`${size}`, seeds(`${size}`, 3 - turn, 2), size)),
      questions,
    );
    const r = found.trends.find(({ id }) => id === 'r');
    expect(r).toMatchObject({ sizes: 4, models: 8 });
    expect(r?.slope).toBeGreaterThan(0);
    expect(r?.low).toBeLessThan(r?.slope ?? 0);
  });

  it('says that two sizes make no interval of a slope, however many trainings there are', () => {
    const { trends } = trainingAnalysis(
      'size',
      [arm('a', seeds('a', 2, 3), 1e6), arm('b', seeds('b', 1, 3), 1e7)],
      questions,
    );
    expect(trends[0]).toMatchObject({ id: 'r', low: null, sizes: 2, models: 6 });
    expect(trends[0]?.reason).toContain('only 2 points');
  });

  it('speaks about one model where both arms are that model, asked in two ways', () => {
    const same = model('same', 1);
    const [contrast] = trainingAnalysis(
      'way of asking',
      [arm('plain', [same]), arm('chat', [{ ...model('other', 2), name: 'same' }])],
      questions,
    ).contrasts;
    expect(contrast?.claim).toBe('this model');
  });

  it('refuses an arm alone, an empty one, and models that were asked other items', () => {
    const one = model('one', 1);
    expect(() => trainingAnalysis('size', [arm('a', [one])], questions)).toThrow('found 1 arms');
    expect(() => trainingAnalysis('size', [arm('a', [one]), arm('b', [])], questions)).toThrow(
      '"b" without a model',
    );
    const fewer = { name: 'fewer', cells: one.cells.filter(({ variable }) => variable !== 'Q7') };
    expect(() => trainingAnalysis('size', [arm('a', [one]), arm('b', [fewer])], questions)).toThrow(
      'fewer (b) lacks Q7',
    );
  });
});
