import { InputError } from '../../files/input-error.js';
import { binomial, choices } from '../choices.js';
import { type RandomGenerator, randomPermutation } from '../random.js';
import { mean } from '../spread.js';
import { type Alternative, countAsExtreme, pOfCounts } from './as-extreme.js';

/** Splits are listed one by one up to this number; beyond it a random sample of them is drawn. */
const MOST_EXACT = 20_000;

const RANDOM_SPLITS = 19_999;

/** What a permutation test of two groups of seeds found. */
export interface SeedPermutation {
  /** Mean of the first group minus mean of the second; null where a group is empty. */
  readonly difference: number | null;
  /** Null where a group is empty. */
  readonly p: number | null;
  readonly alternative: Alternative;
  /** `exact`: every split of the seeds; `random`: a sample of them. */
  readonly kind: 'exact' | 'random';
  /** Splits looked at. */
  readonly splits: number;
  /** The smallest p that these numbers of seeds allow; null where there is no p. */
  readonly smallestP: number | null;
  readonly reason: string | null;
}

/**
 * Permutation test of two recipes with their seeds as the unit: how often a split of all seeds into two groups of these
 * sizes, labels ignored, gives a difference of means as extreme as the one observed. Exact (all splits) while there are at
 * most 20,000 of them, else (b + 1) / (B + 1) over 19,999 random ones.
 *
 * @param input.first one number for each seed of the first recipe (its mean r)
 * @param input.second the same of the second
 * @param input.random used for a random sample only
 * @param input.alternative `two-sided` by default
 * @returns nulls with a reason where a group is empty
 * @throws InputError for a value that is not a finite number
 * @example seedPermutation({ first: [1, 2], second: [3, 4], random }).smallestP // 1 / 3
 */
export function seedPermutation(input: {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly random: RandomGenerator;
  readonly alternative?: Alternative;
}): SeedPermutation {
  const { first, second, random, alternative = 'two-sided' } = input;
  const wrong = [...first, ...second].find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new InputError(`seedPermutation needs finite numbers, found ${wrong}. Leave out what is missing.`);
  }
  const firstMean = mean(first);
  const secondMean = mean(second);
  if (firstMean === null || secondMean === null) {
    const reason = 'a group without seeds';
    return { difference: null, p: null, alternative, kind: 'exact', splits: 0, smallestP: null, reason };
  }
  const difference = firstMean - secondMean;
  // About their common mean, so that rounding is small beside the differences.
  const centre = (firstMean + secondMean) / 2;
  const all = [...first, ...second].map((value) => value - centre);
  const count = binomial(all.length, first.length);
  const exact = count <= MOST_EXACT;
  const differences = exact
    ? [...choices(all.length, first.length)].map((chosen) => differenceOf(all, chosen))
    : Array.from({ length: RANDOM_SPLITS }, () =>
        differenceOf(all, [...randomPermutation(all.length, random)].slice(0, first.length)),
      );
  const total = differences.length;
  const observed = differenceOf(all, [...first.keys()]);
  const counts = countAsExtreme(differences, observed);
  const p = pOfCounts({ counts, total, withObserved: !exact, alternative });
  const extreme = { larger: exact ? 1 : 0, smaller: exact ? 1 : 0 };
  const smallestP = pOfCounts({ counts: extreme, total, withObserved: !exact, alternative });
  return {
    difference,
    p,
    alternative,
    kind: exact ? 'exact' : 'random',
    splits: total,
    smallestP,
    reason: null,
  };
}

/** Mean of the chosen values minus mean of the others. */
function differenceOf(values: readonly number[], chosen: readonly number[]): number {
  const isChosen = new Set(chosen);
  const others = values.filter((_, place) => !isChosen.has(place));
  return (mean(chosen.map((place) => values[place] ?? 0)) ?? 0) - (mean(others) ?? 0);
}
