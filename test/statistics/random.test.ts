import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, randomPermutation } from '../../lib/statistics/random.js';
import { oracle } from './statistics-oracle.js';

describe('createRandom', () => {
  it.each(oracle.random)('gives the numbers of numpy for seed $seed', ({ seed, first, last, count }) => {
    const random = createRandom(seed);
    const numbers = Array.from({ length: count }, () => random.uniform());
    expect(numbers.slice(0, first.length)).toEqual(first);
    expect(numbers.slice(-last.length)).toEqual(last);
  });

  it('gives different numbers for different seeds', () => {
    expect(createRandom(1).uniform()).not.toBe(createRandom(2).uniform());
  });

  it('draws whole numbers below the bound, each about equally often', () => {
    const random = createRandom(7);
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 10_000; draw += 1) {
      const value = random.integerBelow(5);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(counts).toHaveLength(5);
    // 2,000 expected; the standard deviation is sqrt(10000 * .2 * .8) = 40, so 200 is five of them.
    for (const count of counts) {
      expect(Math.abs(count - 2000)).toBeLessThan(200);
    }
    expect(random.integerBelow(1)).toBe(0);
  });

  it('draws again above the last full multiple of the bound', () => {
    // 2^32 = 1 * 3221225472 + 1073741824: without drawing again the first third of the range would come up twice as
    // often (half of all draws instead of a third).
    const random = createRandom(11);
    const bound = 3 * 2 ** 30;
    let small = 0;
    for (let draw = 0; draw < 3000; draw += 1) {
      const value = random.integerBelow(bound);
      expect(value).toBeLessThan(bound);
      small += value < 2 ** 30 ? 1 : 0;
    }
    // A third of 3,000 is 1,000; the standard deviation is 26.
    expect(Math.abs(small - 1000)).toBeLessThan(130);
  });

  it('refuses seeds and bounds that are not whole numbers in range', () => {
    expect(() => createRandom(-1)).toThrow(
      'createRandom needs a whole number from 0 to 4294967295 as seed, got -1.',
    );
    expect(() => createRandom(2 ** 32)).toThrow('got 4294967296');
    expect(() => createRandom(0.5)).toThrow('got 0.5');
    expect(() => createRandom(1).integerBelow(0)).toThrow(
      'integerBelow needs a whole number from 1 to 4294967296, got 0.',
    );
    expect(() => createRandom(1).integerBelow(2.5)).toThrow('got 2.5');
  });
});

describe('randomPermutation', () => {
  it('holds every number once, and the same ones for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(1000), (n, seed) => {
        const order = randomPermutation(n, createRandom(seed));
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, place) => place));
        expect(randomPermutation(n, createRandom(seed))).toEqual(order);
      }),
    );
  });

  it('gives each of the six orders of three equally often', () => {
    const random = createRandom(3);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw += 1) {
      const order = randomPermutation(3, random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 expected, standard deviation 29.
    for (const count of counts.values()) {
      expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
  });
});
