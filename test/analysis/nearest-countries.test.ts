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
    expect(first?.deviationR).toBeCloseTo(1, 12);
    expect(second?.deviationR).toBeLessThan(0.5);
  });

  it('lists every country, by deviation r', () => {
    const found = nearestCountries(worldOf(people, freeOf(common)));
    const values = found.map(({ deviationR }) => deviationR ?? 9);
    expect(found).toHaveLength(6);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it('has no deviation r for the item means themselves', () => {
    const means = common.map((_, i) => people.reduce((sum, row) => sum + (row[i] ?? 0), 0) / people.length);
    for (const country of nearestCountries(worldOf(people, freeOf(means)))) {
      expect(country.deviationR).toBeNull();
      expect(country.r).toBeGreaterThan(0);
    }
  });
});
