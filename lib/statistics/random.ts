import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import { InputError } from '../files/input-error.js';

/** A source of random numbers. Two generators with the same seed give the same numbers. */
export interface RandomGenerator {
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A whole number in [0, bound), every one equally likely. @throws InputError unless bound is 1 to 2^32 */
  integerBelow(bound: number): number;
}

/**
 * A Mersenne Twister MT19937 (Matsumoto and Nishimura 1998). Its `uniform` numbers are those of numpy's
 * `RandomState(seed).random_sample()`, so a simulation can be repeated in Python.
 *
 * @param seed a whole number from 0 to 2^32 - 1
 * @throws InputError for any other seed
 */
export function createRandom(seed: number): RandomGenerator {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new InputError(`createRandom needs a whole number from 0 to 4294967295 as seed, got ${seed}.`);
  }
  const generator = mersenne(seed);
  return {
    uniform: () => {
      const high = generator.next() >>> 5;
      const low = generator.next() >>> 6;
      return (high * 2 ** 26 + low) / 2 ** 53;
    },
    integerBelow: (bound) => {
      if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
        throw new InputError(`integerBelow needs a whole number from 1 to 4294967296, got ${bound}.`);
      }
      return uniformInt(generator, 0, bound - 1);
    },
  };
}

/** The numbers 0 to n - 1 in random order, every order equally likely (Fisher-Yates). */
export function randomPermutation(n: number, random: RandomGenerator): Int32Array {
  const order = Int32Array.from({ length: n }, (_, place) => place);
  for (let last = n - 1; last > 0; last -= 1) {
    const chosen = random.integerBelow(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[chosen] ?? 0;
    order[chosen] = kept;
  }
  return order;
}
