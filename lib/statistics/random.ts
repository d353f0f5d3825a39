import { InputError } from '../files/input-error.js';

/** A source of random numbers. Two generators with the same seed give the same numbers. */
export interface RandomGenerator {
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A whole number in [0, bound), every one equally likely. @throws InputError unless bound is 1 to 2^32 */
  integerBelow(bound: number): number;
}

const SIZE = 624;
const SHIFT = 397;

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
  const state = seededState(seed);
  let next = SIZE;
  const bits = (): number => {
    if (next === SIZE) {
      renew(state);
      next = 0;
    }
    const value = temper(state[next] ?? 0);
    next += 1;
    return value;
  };
  return {
    uniform: () => {
      const high = bits() >>> 5;
      const low = bits() >>> 6;
      return (high * 2 ** 26 + low) / 2 ** 53;
    },
    integerBelow: (bound) => {
      if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
        throw new InputError(`integerBelow needs a whole number from 1 to 4294967296, got ${bound}.`);
      }
      // Numbers above the last full multiple of the bound would favour small results, so they are drawn again.
      const limit = 2 ** 32 - (2 ** 32 % bound);
      let value = bits();
      while (value >= limit) {
        value = bits();
      }
      return value % bound;
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

function seededState(seed: number): Uint32Array {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i += 1) {
    const previous = state[i - 1] ?? 0;
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  return state;
}

function renew(state: Uint32Array): void {
  for (let i = 0; i < SIZE; i += 1) {
    const joined = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % SIZE] ?? 0) & 0x7fffffff);
    state[i] = (state[(i + SHIFT) % SIZE] ?? 0) ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
  }
}

function temper(word: number): number {
  let value = word;
  value ^= value >>> 11;
  value ^= (value << 7) & 0x9d2c5680;
  value ^= (value << 15) & 0xefc60000;
  return (value ^ (value >>> 18)) >>> 0;
}
