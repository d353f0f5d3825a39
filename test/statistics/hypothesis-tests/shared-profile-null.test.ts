import { beforeAll, describe, expect, it } from 'vitest';
import { pearson } from '../../../lib/statistics/correlation.js';
import { crossCorrelation } from '../../../lib/statistics/cross-correlation.js';
import {
  meanOfMatchedRows,
  permutationTest,
} from '../../../lib/statistics/hypothesis-tests/permutation-test.js';
import type { MaskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { loadMatrixBackend, type MatrixBackend } from '../../../lib/statistics/matrix-backend.js';
import { createRandom, type RandomGenerator, randomPermutation } from '../../../lib/statistics/random.js';
import {
  deviationsOf,
  distanceFromUniform,
  type NullPlan,
  nullWorld,
  rejectionShare,
} from './null-worlds.js';

const EXCHANGEABLE: NullPlan = { rows: 30, items: 40, factors: 1, zones: 1, zoneShare: 0 };
const PERMUTATIONS = 199;

let backend: MatrixBackend;
beforeAll(async () => {
  backend = await loadMatrixBackend();
});

const share = (p: readonly number[], level: number): string => rejectionShare(p, level).toFixed(3);

/** p of one order for all items, in each of many worlds without a relation. */
async function pOfWorlds(plan: NullPlan, worlds: number, seed: number): Promise<number[]> {
  const random = createRandom(seed);
  const p: number[] = [];
  for (let k = 0; k < worlds; k += 1) {
    const { people, model } = deviationsOf(nullWorld(plan, random));
    const { r } = await crossCorrelation(people, model, { backend });
    const statistic = meanOfMatchedRows(r);
    p.push(permutationTest({ n: plan.rows, statistic, random, permutations: PERMUTATIONS }).p ?? 9);
  }
  return p;
}

/** p of an order for each item: every permutation builds the model's rows anew. */
function pOfOrderForEachItem(people: MaskedMatrix, model: MaskedMatrix, random: RandomGenerator): number {
  const { rows, columns } = people;
  const meanR = (values: Float64Array): number => {
    const row = (of: Float64Array, c: number) => of.subarray(c * columns, (c + 1) * columns);
    const r = Array.from({ length: rows }, (_, c) => pearson(row(people.values, c), row(values, c)).r ?? 9);
    return r.reduce((sum, value) => sum + value, 0) / rows;
  };
  let isObserved = true;
  const statistic = (): number => {
    const shuffled = model.values.slice();
    for (let item = 0; item < columns && !isObserved; item += 1) {
      for (const [row, from] of randomPermutation(rows, random).entries()) {
        shuffled[row * columns + item] = model.values[from * columns + item] ?? 0;
      }
    }
    isObserved = false;
    return meanR(shuffled);
  };
  return permutationTest({ n: rows, statistic, random, permutations: 39 }).p ?? 9;
}

describe.each([1, 2])(
  'a model that shares item means and %i factors with people, but no country',
  (factors) => {
    it('has a uniform p in 300 worlds', async () => {
      const worlds = 300;
      const p = await pOfWorlds({ ...EXCHANGEABLE, factors }, worlds, 20250701 + factors);
      for (const level of [0.05, 0.2]) {
        // Three Monte Carlo standard errors.
        const error = 3 * Math.sqrt((level * (1 - level)) / worlds);
        expect(Math.abs(rejectionShare(p, level) - level), `rejections at ${level}`).toBeLessThan(error);
      }
      // The 1 % critical value of Kolmogorov and Smirnov for many values.
      expect(distanceFromUniform(p, PERMUTATIONS + 1)).toBeLessThan(1.628 / Math.sqrt(worlds));
      console.log(
        `one order, ${factors} shared factors: ${share(p, 0.05)} at .05, ${share(p, 0.2)} at .2, ` +
          `distance ${distanceFromUniform(p, PERMUTATIONS + 1).toFixed(3)}`,
      );
    });

    it('is found to agree far too often by an order for each item', () => {
      const random = createRandom(20250711 + factors);
      const p = Array.from({ length: 200 }, () => {
        const { people, model } = deviationsOf(nullWorld({ ...EXCHANGEABLE, factors }, random));
        return pOfOrderForEachItem(people, model, random);
      });
      console.log(`an order for each item, ${factors} shared factors: ${share(p, 0.05)} at .05`);
      // .22 in the long run; .05 would stay below .12 by more than four Monte Carlo standard errors.
      expect(rejectionShare(p, 0.05)).toBeGreaterThan(0.12);
    });
  },
);

describe('countries that cluster in zones', () => {
  it('are not exchangeable: one order for all items rejects clearly more often than it should', async () => {
    const zoned = { ...EXCHANGEABLE, zones: 7, zoneShare: 0.8 };
    const p = await pOfWorlds(zoned, 300, 20250721);
    console.log(`one order, 7 zones with .8 of the variance: ${share(p, 0.05)} at .05`);
    // .17 in the long run; .05 would stay below .11 by more than four Monte Carlo standard errors.
    expect(rejectionShare(p, 0.05)).toBeGreaterThan(0.11);
  });
});
