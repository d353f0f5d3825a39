import { beforeAll, describe, expect, it } from 'vitest';
import type { Agreement } from '../../lib/analysis/agreement-record.js';
import { references } from '../../lib/analysis/references/references.js';
import { firstOptionCells, randomResponderCells } from '../../lib/analysis/references/responders.js';
import { createRandom } from '../../lib/statistics/random.js';
import { loadCategories } from '../../lib/survey/categories.js';
import { loadCountries } from '../../lib/survey/countries.js';
import { selectCountries } from '../../lib/survey/country-selection.js';
import { loadHumanAnswers } from '../../lib/survey/human-answers.js';
import { selectItems } from '../../lib/survey/item-sets.js';
import { loadItems } from '../../lib/survey/items.js';
import { worldOf } from './small-world.js';

describe('references on the survey', () => {
  const found = new Map<string, Agreement>();

  beforeAll(() => {
    const bank = loadItems();
    const all = references({
      human: loadHumanAnswers(bank, { weights: 'weighted' }),
      items: selectItems(bank, 'wvs-209'),
      countries: selectCountries(loadCountries(), 'default-55'),
      categories: loadCategories(),
    });
    for (const { agreement, meaning } of all) {
      expect(meaning.length).toBeGreaterThan(10);
      found.set(agreement.model, agreement);
    }
  }, 120_000);

  const of = (name: string): Agreement => found.get(name) as Agreement;

  it('go from no knowledge to as much as people allow', () => {
    expect([...found.keys()]).toEqual([
      ...['random responder', 'always first option', 'item means'],
      ...['Western profile', 'nearest country', 'low-rank completion'],
    ]);
    expect(Math.abs(of('random responder').overall.mean ?? 9)).toBeLessThan(0.03);
    expect(Math.abs(of('random responder').deviation.mean ?? 9)).toBeLessThan(0.05);
    expect(of('low-rank completion').overall.mean).toBeGreaterThan(of('item means').overall.mean ?? 9);
    expect(of('nearest country').overall.mean).toBeGreaterThan(of('item means').overall.mean ?? 9);
  });

  // Computed apart from this code, on the same aggregates in raw orientation: .92 and .61, .78 and -.20, .92 and .65.
  it('agree with an earlier computation apart from this code', () => {
    const western = of('Western profile');
    expect(western.westernLean.western.plainMean).toBeCloseTo(0.92, 1);
    expect(western.westernLean.others.plainMean).toBeCloseTo(0.61, 1);
    expect(western.westernLean.lean).toBeCloseTo(0.3, 1);
    expect(western.withinItems.mean).toBeNull();
    expect(western.withinItems.reason).toMatch(/the same for all/);
    const completion = of('low-rank completion');
    expect(completion.overall.mean).toBeCloseTo(0.92, 1);
    expect(Math.abs((completion.withinItems.plainMean ?? 9) - 0.65)).toBeLessThan(0.04);
  });

  it('have intervals like any model', () => {
    const { interval } = of('item means').overall;
    expect(interval.reason).toBeNull();
    expect(interval.high).toBeGreaterThan(of('item means').overall.mean ?? 9);
  });
});

describe('responders', () => {
  const world = worldOf([[0.1, 0.2, 0.3]], []);

  it('at random: the same seed gives the same answers, on all of the scale', () => {
    const scores = (seed: number): (number | null)[] =>
      randomResponderCells(world, createRandom(seed)).map(({ meanScore }) => meanScore);
    expect(scores(4)).toEqual(scores(4));
    expect(scores(4)).not.toEqual(scores(5));
    expect(scores(4).every((score) => score !== null && Math.abs(score) <= 1)).toBe(true);
  });

  it('always first: the score of the first option offered', () => {
    expect(firstOptionCells(world).map(({ meanScore }) => meanScore)).toEqual([-1, -1, -1]);
  });

  it('have no score where options have no order', () => {
    const unordered = {
      ...world,
      items: world.items.map((item) => ({
        ...item,
        options: item.options.map((option) => ({ ...option, score: null })),
      })),
    };
    for (const cells of [firstOptionCells(unordered), randomResponderCells(unordered, createRandom(1))]) {
      expect(cells[0]).toMatchObject({ status: 'unscored', reason: 'the options of the item have no order' });
    }
  });
});
