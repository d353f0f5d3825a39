import { describe, expect, it } from 'vitest';
import { nearestCountries } from '../../lib/analysis/nearest-countries.js';
import { createRandom } from '../../lib/statistics/random.js';
import { worldOf } from './small-world.js';

const random = createRandom(5);
const common = Array.from({ length: 40 }, () => random.uniform() - 0.5);
const people = Array.from({ length: 6 }, () =>
  common.map((mean) => 0.6 * mean + 0.4 * (random.uniform() - 0.5)),
);

/** One answer for every country. */
const freeOf = (profile: readonly number[]) => people.map(() => profile);

describe('whose answers a country-free profile resembles', () => {
  it('puts the country first whose own answers it gives', () => {
    const [first, second] = nearestCountries(worldOf(people, freeOf(people[3] ?? [])));
    expect(first).toMatchObject({ id: 'DDD', n: 40 });
    expect(first?.r).toBeCloseTo(1, 12);
    expect(first?.partialR).toBeCloseTo(1, 12);
    expect(second?.partialR).toBeLessThan(0.5);
  });

  it('does not see how strongly answers are put: half as strong, they are most like the same people', () => {
    const half = (people[3] ?? []).map((score) => score / 2);
    const [first] = nearestCountries(worldOf(people, freeOf(half)));
    expect(first?.id).toBe('DDD');
    expect(first?.partialR).toBeCloseTo(1, 12);
  });

  it('lists every country, by partial r', () => {
    const found = nearestCountries(worldOf(people, freeOf(people[0] ?? [])));
    const values = found.map(({ partialR }) => partialR ?? 9);
    expect(found).toHaveLength(6);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it('finds nobody for answers around the middle that say nothing', () => {
    // One country answers cautiously on everything: deviations from the item means alone would call it the closest.
    const cautious = people.map((row, c) => (c === 1 ? row.map((score) => score / 10) : row));
    const draw = createRandom(9);
    const nothing = common.map(() => 0.01 * (draw.uniform() - 0.5));
    for (const { partialR } of nearestCountries(worldOf(cautious, freeOf(nothing)))) {
      // Four standard errors of a correlation of 40 pairs.
      expect(Math.abs(partialR ?? 9)).toBeLessThan(4 / Math.sqrt(40));
    }
  });

  it('has no partial r for the item means themselves', () => {
    const means = common.map((_, i) => people.reduce((sum, row) => sum + (row[i] ?? 0), 0) / people.length);
    for (const country of nearestCountries(worldOf(people, freeOf(means)))) {
      expect(country.partialR).toBeNull();
      expect(country.r).toBeGreaterThan(0);
    }
  });
});
