import { describe, expect, it } from 'vitest';
import { permutationTest } from '../../../lib/statistics/hypothesis-tests/permutation-test.js';
import { createRandom, type RandomGenerator, randomPermutation } from '../../../lib/statistics/random.js';

const WORLDS = 200;
const ROWS = 15;
const ITEMS = 20;

/** Three Monte Carlo standard errors about .05 for 200 worlds: sqrt(.05 * .95 / 200) = .0154. */
const BAND = { low: 0.004, high: 0.096 };

/** Scores about their item means; half of their variance is a profile that a country shows in every item. */
function profiledScores(random: RandomGenerator): number[][] {
  const profile = Array.from({ length: ROWS }, () => random.uniform() - 0.5);
  const rows = profile.map((own) => Array.from({ length: ITEMS }, () => own + random.uniform() - 0.5));
  const means = Array.from(
    { length: ITEMS },
    (_, item) => rows.reduce((sum, row) => sum + (row[item] ?? 0), 0) / ROWS,
  );
  return rows.map((row) => row.map((value, item) => value - (means[item] ?? 0)));
}

describe('a model that knows nothing of countries, but has a profile of its own for each', () => {
  it('is found to agree in 5 % of worlds by one order for all items, far too often by an order for each item', () => {
    const random = createRandom(20250603);
    let oneOrder = 0;
    let orderOfEachItem = 0;
    for (let k = 0; k < WORLDS; k += 1) {
      const people = profiledScores(random);
      const model = profiledScores(random);
      const statistic = (orderOf: (item: number) => Int32Array) =>
        people.reduce(
          (sum, row, i) =>
            sum + row.reduce((part, value, j) => part + value * (model[orderOf(j)[i] ?? 0]?.[j] ?? 0), 0),
          0,
        );
      const settings = { n: ROWS, random, permutations: 99 };
      const whole = permutationTest({ ...settings, statistic: (order) => statistic(() => order) });
      oneOrder += (whole.p ?? 1) <= 0.05 ? 1 : 0;
      let calls = 0;
      const shuffled = permutationTest({
        ...settings,
        statistic: (order) => {
          calls += 1;
          const orders =
            calls === 1 ? null : Array.from({ length: ITEMS }, () => randomPermutation(ROWS, random));
          return statistic((item) => orders?.[item] ?? order);
        },
      });
      orderOfEachItem += (shuffled.p ?? 1) <= 0.05 ? 1 : 0;
    }
    expect(oneOrder / WORLDS).toBeGreaterThan(BAND.low);
    expect(oneOrder / WORLDS).toBeLessThan(BAND.high);
    expect(orderOfEachItem / WORLDS).toBeGreaterThan(BAND.high);
  });
});
