import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { optionOrders } from '../../lib/analysis/option-orders.js';
import { scoreCells } from '../../lib/scoring/join-orders.js';
import { renormalise } from '../../lib/scoring/probabilities.js';
import type { OptionOrder, Reading } from '../../lib/types.js';
import { CATEGORIES, humanFrom, someCountries, someItems } from './small-world.js';

const countries = someCountries(3);
const items = someItems(8);
const people = countries.map((_, c) => items.map((_item, i) => Math.sin(3 * i + 0.4 * c) * 0.7));
const human = humanFrom(countries, items, people);
const survey = { human, items, countries, categories: CATEGORIES };

/** Readings of a model that knows people's answers and likes the first option by `bias(i)` nats more. */
function readings(bias: (item: number) => number): Reading[] {
  const orders: readonly OptionOrder[] = ['given', 'reversed'];
  return countries.flatMap(({ iso3 }, c) =>
    items.flatMap(({ variable }, i) =>
      orders.map((order): Reading => {
        const yes = (1 + (people[c]?.[i] ?? 0)) / 2;
        const shares = order === 'given' ? [1 - yes, yes] : [yes, 1 - yes];
        const optionLogProbs = shares.map((share, place) => Math.log(share) + (place === 0 ? bias(i) : 0));
        return {
          ...{
            model: 'm',
            variable,
            country: iso3,
            template: 't',
            order,
            format: 'plain',
            readingKind: 'letter',
          },
          ...{ status: 'scored', reason: null, optionLogProbs, optionMass: 1 },
          optionCodes: order === 'given' ? [1, 2] : [2, 1],
          optionProbabilities: renormalise(optionLogProbs),
        } as unknown as Reading;
      }),
    ),
  );
}

describe('what the order of options does', () => {
  it('is nothing to a model that looks at answers alone', () => {
    const found = optionOrders({ model: 'm', readings: readings(() => 0), ...survey });
    expect(found.firstMinusLast).toBeCloseTo(0, 12);
    expect(found.readings).toBe(48);
    for (const { mean } of Object.values(found.r)) {
      // |r| is capped at .999 before it is averaged.
      expect(mean).toBeCloseTo(0.999, 12);
    }
  });

  it('spoils each order alone and cancels in the joined reading of two options', () => {
    const found = optionOrders({ model: 'm', readings: readings((i) => (i % 2 === 0 ? 4 : 1)), ...survey });
    expect(found.firstMinusLast).toBeGreaterThan(0.3);
    expect(found.r.given.mean).toBeLessThan(0.9);
    expect(found.r.reversed.mean).toBeLessThan(0.9);
    expect(found.r.joined.mean).toBeCloseTo(0.999, 12);
  });

  it('has the agreement of the joined cells', () => {
    const some = readings((i) => i / 4);
    const byVariable = new Map(items.map((item) => [item.variable, item]));
    const cells = scoreCells(some, byVariable, { orders: ['given', 'reversed'], join: 'log-probabilities' });
    const found = optionOrders({ model: 'm', readings: some, ...survey });
    expect(found.joined).toEqual(agreement({ model: 'm', cells, ...survey }));
    expect(found.r.joined).toEqual(found.joined.overall);
  });
});
