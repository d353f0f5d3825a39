import { describe, expect, it } from 'vitest';
import { crossCorrelation } from '../../../lib/statistics/cross-correlation.js';
import {
  meanOfMatchedRows,
  permutationTest,
} from '../../../lib/statistics/hypothesis-tests/permutation-test.js';
import { seedPermutation } from '../../../lib/statistics/hypothesis-tests/seed-permutation.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { loadMatrixBackend } from '../../../lib/statistics/matrix-backend.js';
import { createRandom } from '../../../lib/statistics/random.js';
import { oracle } from '../intervals-oracle.js';

describe('permutationTest', () => {
  const entry = oracle.rowPermutation[0] as (typeof oracle.rowPermutation)[number];

  it('agrees with the count over all orders, within the error of a random sample', async () => {
    const backend = await loadMatrixBackend({ order: ['plain'] });
    const { r } = await crossCorrelation(maskedMatrix(entry.x), maskedMatrix(entry.y), { backend });
    const found = permutationTest({ n: 5, statistic: meanOfMatchedRows(r), random: createRandom(1) });
    expect(found.observed).toBeCloseTo(entry.observed, 5);
    expect(found).toMatchObject({ permutations: 9999, undefinedPermutations: 0, reason: null });
    // Four standard errors of a share over 9,999 draws.
    const error = Math.sqrt((entry.p * (1 - entry.p)) / 9999);
    expect(Math.abs((found.p ?? 9) - entry.p)).toBeLessThan(4 * error);
  });

  it('is (b + 1) / (B + 1): never 0, and 1 where nothing differs', () => {
    // Among the orders of twelve rows hardly one keeps all in place.
    const inPlace = (order: Int32Array) => order.filter((row, place) => row === place).length;
    const found = permutationTest({ n: 12, statistic: inPlace, random: createRandom(2), permutations: 99 });
    expect(found.p).toBe(1 / 100);
    const same = permutationTest({
      n: 12,
      statistic: () => 0.1 + 0.2,
      random: createRandom(2),
      permutations: 99,
    });
    expect(same.p).toBe(1);
  });

  it('counts equal values as extreme, whatever the rounding', () => {
    let calls = 0;
    const rounding = () => {
      calls += 1;
      return calls === 1 ? 0.1 + 0.2 : 0.3;
    };
    expect(permutationTest({ n: 4, statistic: rounding, random: createRandom(1), permutations: 9 }).p).toBe(
      1,
    );
  });

  it('looks at the side that is asked for', () => {
    const firstPlace = (order: Int32Array) => order[0] ?? 0;
    const settings = { n: 10, statistic: firstPlace, permutations: 999 };
    const p = (alternative: 'greater' | 'less' | 'two-sided') =>
      permutationTest({ ...settings, alternative, random: createRandom(3) }).p ?? 9;
    // The observed value 0 is the smallest of ten: every value is as large, a tenth as small.
    expect(p('greater')).toBe(1);
    expect(Math.abs(p('less') - 0.1)).toBeLessThan(0.04);
    expect(p('two-sided')).toBeCloseTo(2 * p('less'), 12);
  });

  it('has the same answer for the same seed', () => {
    const statistic = (order: Int32Array) =>
      Math.sin(order.reduce((sum, row, place) => sum + row * place, 0));
    const run = (seed: number) =>
      permutationTest({ n: 20, statistic, random: createRandom(seed), permutations: 500 });
    expect(run(4)).toEqual(run(4));
    expect(run(5).p).not.toBe(run(4).p);
  });

  it('leaves out and counts permutations without the statistic; without any it has no p', () => {
    const some = permutationTest({
      n: 6,
      statistic: (order) => (order[0] === 5 ? null : 1),
      random: createRandom(6),
      permutations: 600,
    });
    expect(some.undefinedPermutations).toBeGreaterThan(50);
    expect(some.permutations + some.undefinedPermutations).toBe(600);
    expect(some.p).toBe(1);
    const none = permutationTest({ n: 6, statistic: () => null, random: createRandom(6) });
    expect(none).toMatchObject({ observed: null, p: null, reason: 'the statistic is undefined' });
    let calls = 0;
    const onlyObserved = () => {
      calls += 1;
      return calls === 1 ? 1 : null;
    };
    expect(
      permutationTest({ n: 6, statistic: onlyObserved, random: createRandom(6), permutations: 9 }),
    ).toMatchObject({
      p: null,
      undefinedPermutations: 9,
      reason: 'the statistic is undefined in every permutation',
    });
    expect(permutationTest({ n: 1, statistic: () => 1, random: createRandom(6) })).toMatchObject({
      observed: 1,
      p: null,
      reason: 'only 1 rows; a permutation needs at least 2',
    });
  });

  it('refuses a number of permutations that is none', () => {
    expect(() =>
      permutationTest({ n: 3, statistic: () => 1, random: createRandom(1), permutations: 0 }),
    ).toThrow('permutationTest needs a positive whole number of permutations, got 0.');
  });
});

describe('meanOfMatchedRows', () => {
  it('averages the matched cells that are defined', () => {
    const statistic = meanOfMatchedRows(
      maskedMatrix([
        [1, 2, 3],
        [4, null, 6],
        [7, 8, 9],
      ]),
    );
    expect(statistic(Int32Array.from([0, 1, 2]))).toBe(5);
    expect(statistic(Int32Array.from([2, 0, 1]))).toBe(5);
    expect(statistic(Int32Array.from([1, 0, 2]))).toBe(5);
    expect(statistic(Int32Array.from([2, 1, 0]))).toBe(5);
    expect(meanOfMatchedRows(maskedMatrix([[null]]))(Int32Array.from([0]))).toBeNull();
    expect(() => meanOfMatchedRows(maskedMatrix([[1, 2]]))).toThrow('needs a square matrix, got 1 x 2.');
  });
});

describe('seedPermutation', () => {
  it.each(oracle.seeds)('agrees with scipy on every split: $first against $second', (entry) => {
    for (const alternative of ['greater', 'less', 'two-sided'] as const) {
      const { first, second } = entry;
      const found = seedPermutation({ first, second, alternative, random: createRandom(1) });
      expect(found.kind).toBe('exact');
      expect(found.p).toBeCloseTo(entry[alternative], 12);
    }
  });

  it('knows the smallest p that so few seeds allow', () => {
    const smallest = (seeds: number) => {
      const low = Array.from({ length: seeds }, (_, seed) => seed);
      const found = seedPermutation({
        first: Object.freeze(low),
        second: Object.freeze(low.map((value) => value + 100)),
        random: createRandom(1),
      });
      expect(found.p).toBe(found.smallestP);
      return found;
    };
    expect(smallest(2)).toMatchObject({ p: 2 / 6, splits: 6, difference: -100 });
    expect(smallest(4)).toMatchObject({ p: 2 / 70, splits: 70 });
  });

  it('draws splits at random where there are too many to list', () => {
    const first = Array.from({ length: 10 }, (_, seed) => Math.sin(seed));
    const second = first.map((value) => value + 0.6);
    const many = seedPermutation({ first, second, random: createRandom(1) });
    expect(many).toMatchObject({ kind: 'random', splits: 19_999, smallestP: 2 / 20_000 });
    // Of the 184,756 splits, listed one by one, 6,441 have a difference as small.
    const share = 6_441 / 184_756;
    const error = 2 * Math.sqrt((share * (1 - share)) / 19_999);
    expect(Math.abs((many.p ?? 9) - 2 * share)).toBeLessThan(4 * error);
  });

  it('does not take rounding for a difference', () => {
    // All splits of equal values are ties.
    const found = seedPermutation({ first: [0.3, 0.1 + 0.2], second: [0.3, 0.3], random: createRandom(1) });
    expect(found.p).toBe(1);
    // Swapping equal values leaves a tie, also where all values lie far from 0.
    const first = [0.219, 0.047, 0.679, 0.6793];
    const second = [0.047, 0.679, 0.219, 0.9347];
    const pAt = (level: number) =>
      seedPermutation({
        first: first.map((value) => value + level),
        second: second.map((value) => value + level),
        alternative: 'greater',
        random: createRandom(1),
      }).p;
    expect(pAt(1e6)).toBe(pAt(0));
  });

  it('is undefined, with the reason, without seeds, and refuses what is no number', () => {
    expect(seedPermutation({ first: [], second: [1], random: createRandom(1) })).toMatchObject({
      difference: null,
      p: null,
      smallestP: null,
      reason: 'a group without seeds',
    });
    expect(() => seedPermutation({ first: [Number.NaN], second: [1], random: createRandom(1) })).toThrow(
      'seedPermutation needs finite numbers, found NaN. Leave out what is missing.',
    );
  });
});
