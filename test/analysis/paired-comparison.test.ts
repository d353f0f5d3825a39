import { describe, expect, it } from 'vitest';
import { type PairedInput, pairedComparison } from '../../lib/analysis/paired-comparison.js';
import { pearson } from '../../lib/statistics/correlation.js';
import { createRandom } from '../../lib/statistics/random.js';
import { cellsFrom, type ScoreTable, worldOf } from './small-world.js';

const COUNTRIES = 12;
const ITEMS = 20;
const random = createRandom(3);
const table = (): number[][] =>
  Array.from({ length: COUNTRIES }, () => Array.from({ length: ITEMS }, () => 1.6 * random.uniform() - 0.8));

const people = table();
const noise = table();
const near = people.map((row, c) => row.map((score, i) => 0.8 * score + 0.1 * (noise[c]?.[i] ?? 0)));
const far = people.map((row, c) => row.map((score, i) => 0.4 * score + 0.5 * (noise[c]?.[i] ?? 0)));

function compare(
  first: ScoreTable,
  second: ScoreTable,
  change: (input: PairedInput) => PairedInput = (input) => input,
) {
  const world = worldOf(people, near, { inFirst: 8, western: ['AAA', 'BBB'] });
  const model = (name: string, scores: ScoreTable) => ({
    name,
    cells: cellsFrom(world.countries, world.items, scores),
  });
  return pairedComparison(change({ ...world, first: model('old', first), second: model('new', second) }));
}

describe('pairedComparison', () => {
  it('is second minus first, as plain means over countries', () => {
    const { estimates, byCategory, cells, claim } = compare(far, near);
    const meanR = (model: ScoreTable): number =>
      model.reduce((sum, row, c) => sum + (pearson(people[c] ?? [], row as number[]).r ?? 9), 0) / COUNTRIES;
    const [r] = estimates;
    expect(r).toMatchObject({ id: 'r', items: ITEMS, countries: COUNTRIES, reason: null });
    expect(r?.first).toBeCloseTo(meanR(far), 12);
    expect(r?.second).toBeCloseTo(meanR(near), 12);
    expect(r?.difference).toBeCloseTo(meanR(near) - meanR(far), 12);
    expect(r?.interval.low).toBeGreaterThan(0);
    expect(estimates.map(({ id }) => id)).toEqual(['r', 'deviation r', 'West minus others', 'option mass']);
    expect(byCategory.map(({ id, items }) => `${id} ${items}`)).toEqual(['first 8', 'second 12']);
    expect(cells).toMatchObject({ common: COUNTRIES * ITEMS, onlyFirst: 0, onlySecond: 0 });
    expect(claim).toBe('these two models');
  });

  it('changes its sign, and nothing else, when the models change places', () => {
    const forth = compare(far, near).estimates;
    const back = compare(near, far).estimates;
    for (const [place, { difference, interval, first, second }] of forth.entries()) {
      expect(back[place]?.first).toBe(second);
      expect(back[place]?.second).toBe(first);
      expect((back[place]?.difference ?? 9) + (difference ?? 9)).toBeCloseTo(0, 14);
      expect((back[place]?.interval.high ?? 9) + (interval.low ?? 9)).toBeCloseTo(0, 12);
    }
  });

  it('of a model with itself is 0, and so is its interval', () => {
    for (const { difference, interval } of compare(near, near).estimates) {
      expect(difference).toBe(0);
      expect([interval.low, interval.high]).toEqual([0, 0]);
    }
  });

  it('uses the cells that both answered, and counts the others', () => {
    const gaps = near.map((row, c) => row.map((score, i) => (c === 0 && i < 3 ? null : score)));
    const other = far.map((row, c) => row.map((score, i) => (c === 0 && i < 4 && i > 0 ? null : score)));
    const { cells, estimates } = compare(gaps, other);
    expect(cells).toEqual({
      common: COUNTRIES * ITEMS - 4,
      onlyFirst: 1,
      onlySecond: 1,
      neither: 2,
      withoutHumanAnswer: 0,
    });
    // Filled with the same numbers, the gaps of one model become gaps of both.
    const both = near.map((row, c) => row.map((score, i) => (c === 0 && i < 4 ? null : score)));
    expect(estimates[0]?.first).toBe(compare(both, both).estimates[0]?.first);
  });

  it('refuses models that were asked different items, and lists them', () => {
    const without = (input: PairedInput): PairedInput => ({
      ...input,
      second: { ...input.second, cells: input.second.cells.filter(({ variable }) => variable !== 'Q7') },
    });
    expect(() => compare(far, near, without)).toThrow(
      'Comparing old and new: they were asked different items (only old: Q7). Expected the same items',
    );
  });

  it('is undefined with a reason where a model says the same to everything', () => {
    const constant = near.map((row) => row.map(() => 0.3));
    const [r] = compare(far, constant).estimates;
    expect(r).toMatchObject({ first: null, second: null, difference: null });
    expect(r?.reason).toBe('undefined for all countries');
  });
});
