import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { correlationOfFisherZ } from '../../lib/statistics/fisher.js';
import { createRandom } from '../../lib/statistics/random.js';
import { tInterval } from '../../lib/statistics/student-t.js';
import type { Country, Item } from '../../lib/types.js';
import { type ScoreTable, worldOf } from './small-world.js';

const COUNTRIES = 12;
const ITEMS = 24;
const ZONES = 6;

/** People at random, and a model that answers as they do, up to noise. */
function tables(noise: number, { countries = COUNTRIES, items = ITEMS, seed = 1 } = {}) {
  const random = createRandom(seed);
  const human: number[][] = [];
  const model: number[][] = [];
  for (let c = 0; c < countries; c += 1) {
    human.push(Array.from({ length: items }, () => 1.8 * random.uniform() - 0.9));
    model.push((human[c] ?? []).map((score) => 0.5 * score + noise * (random.uniform() - 0.5)));
  }
  return { human, model };
}

/** A world whose items hang together in pairs and whose countries lie in six zones. */
function world(human: ScoreTable, model: ScoreTable) {
  const plain = worldOf(human, model, {
    inFirst: 10,
    western: ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF', 'GGG', 'HHH'],
  });
  const items = plain.items.map((item, place): Item => ({ ...item, battery: `pair ${place >> 1}` }));
  const zones = ['Confucian', 'Orthodox', 'West', 'Islam', 'Latin', 'Africa'];
  const countries = plain.countries.map(
    (country, place): Country => ({ ...country, culturalZone: zones[place % 6] ?? '' }),
  );
  return { ...plain, items, countries };
}

describe('the interval of an agreement', () => {
  const { human, model } = tables(0.5);
  const input = world(human, model);
  const found = agreement(input);

  it('of r leaves out whole batteries, one after the other, and adds the spread between zones', () => {
    const { mean, interval } = found.overall;
    const z = (table: ScoreTable, people: ScoreTable): number[] =>
      agreement(world(people, table)).byCountry.map(({ r }) => Math.atanh(r ?? 9));
    const average = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const without = Array.from({ length: ITEMS / 2 }, (_, pair) => {
      const drop = (table: ScoreTable): ScoreTable =>
        table.map((row) => row.filter((_, i) => i >> 1 !== pair));
      return average(z(drop(model), drop(human)));
    });
    const centre = average(without);
    const g = without.length;
    const ofItems = ((g - 1) / g) * without.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    const whole = z(model, human);
    // Six zones of two countries: each left out in turn.
    const withoutZone = Array.from({ length: ZONES }, (_, zone) =>
      average(whole.filter((_z, c) => c % ZONES !== zone)),
    );
    const ofZones =
      ((ZONES - 1) / ZONES) *
      withoutZone.reduce((sum, value) => sum + (value - average(withoutZone)) ** 2, 0);
    const oneByOne =
      whole.reduce((sum, value) => sum + (value - average(whole)) ** 2, 0) / (COUNTRIES - 1) / COUNTRIES;
    expect(ofZones).toBeGreaterThan(oneByOne);
    const standardError = Math.sqrt(ofItems + ofZones);
    const df = (ofItems + ofZones) ** 2 / (ofItems ** 2 / (g - 1) + ofZones ** 2 / (ZONES - 1));
    const expected = tInterval({ estimate: average(whole), standardError, df: Math.min(df, g - 1) });
    expect(mean).toBeCloseTo(correlationOfFisherZ(average(whole)), 12);
    expect(interval.low).toBeCloseTo(correlationOfFisherZ(expected.low), 10);
    expect(interval.high).toBeCloseTo(correlationOfFisherZ(expected.high), 10);
    expect(interval).toMatchObject({
      ...{ uncertainty: 'other-items-and-countries', unit: 'battery', units: 12, level: 0.95 },
      ...{ zones: ZONES, whyCountriesFixed: null, reason: null },
    });
  });

  it('holds the figure that it is about', () => {
    const figures = [
      { value: found.overall.mean, interval: found.overall.interval },
      { value: found.deviation.mean, interval: found.deviation.interval },
      { value: found.withinItems.plainMean, interval: found.withinItems.interval },
      { value: found.byCategory[0]?.mean, interval: found.byCategory[0]?.interval },
      { value: found.westernLean.western.mean, interval: found.westernLean.western.interval },
    ];
    for (const { value, interval } of figures) {
      expect(interval?.reason).toBeNull();
      expect(interval?.low).toBeLessThan(value ?? Number.NaN);
      expect(interval?.high).toBeGreaterThan(value ?? Number.NaN);
    }
  });

  it('takes few countries as they are, and says so', () => {
    const { interval } = found.westernLean.others;
    expect(interval.uncertainty).toBe('other-items');
    expect(interval.whyCountriesFixed).toMatch(/^only 4 countries; fewer than 8/);
    // A lean needs enough countries on both sides.
    expect(found.westernLean.interval).toMatchObject({ uncertainty: 'other-items', reason: null });
  });

  it('is about single items inside a category, and about batteries in a group of categories', () => {
    expect(found.byCategory.map(({ interval }) => interval.unit)).toEqual(['item', 'item']);
    expect(found.byCategory[0]?.interval.units).toBe(10);
    expect(found.byGroup[0]?.interval).toMatchObject({ unit: 'battery', units: 12 });
  });

  it('is missing with a reason for too few batteries; the figure itself stays', () => {
    const few = tables(0.5, { items: 8 });
    const { overall } = agreement(world(few.human, few.model));
    expect(overall.mean).not.toBeNull();
    expect(overall.interval).toMatchObject({ low: null, high: null, uncertainty: null, units: 4 });
    expect(overall.interval.reason).toBe('only 4 batteries; an interval over batteries needs at least 6');
  });

  it('is missing with a reason where no country belongs', () => {
    const plain = worldOf(human, model, { western: [] });
    expect(agreement(plain).westernLean.western.interval.reason).toBe('no countries to average over');
    expect(agreement(plain).westernLean.interval.low).toBeNull();
  });

  it('is missing where r is: constant scores', () => {
    const constant = model.map((row) => row.map(() => 0.2));
    const { overall } = agreement(world(human, constant));
    expect(overall.mean).toBeNull();
    expect(overall.interval).toMatchObject({ low: null, high: null, reason: 'undefined for all countries' });
  });

  it('of r and of the lean does not change when the model moves or stretches its scores', () => {
    const moved = agreement(
      world(
        human,
        model.map((row) => row.map((score) => 0.1 + 0.5 * score)),
      ),
    );
    expect(moved.overall.interval.low).toBeCloseTo(found.overall.interval.low ?? 9, 12);
    expect(moved.westernLean.interval.high).toBeCloseTo(found.westernLean.interval.high ?? 9, 12);
  });
});
