import { InputError } from '../../files/input-error.js';
import { binomial, choices } from '../choices.js';
import { type RandomGenerator, randomPermutation } from '../random.js';
import { type Alternative, countAsExtreme, pOfCounts } from './as-extreme.js';

/** Arrangements are listed one by one up to this number; beyond it a random sample of them is drawn. */
const MOST_EXACT = 20_000;

const RANDOM_ARRANGEMENTS = 19_999;

/** What a test for a trend over ordered groups found. */
export interface OrderedTrend {
  /**
   * Jonckheere's statistic as a correlation from -1 to 1: of all pairs of values from different groups, the share in which the
   * later group has the larger value minus the share in which it has the smaller. Null where no two groups have values.
   */
  readonly trend: number | null;
  readonly p: number | null;
  readonly alternative: Alternative;
  /** `exact`: every arrangement of the values into the groups; `random`: a sample of them. */
  readonly kind: 'exact' | 'random';
  /** Arrangements looked at. */
  readonly arrangements: number;
  /** The smallest p that these numbers of values allow; null where there is no p. */
  readonly smallestP: number | null;
  readonly reason: string | null;
}

/**
 * The Jonckheere-Terpstra test: do values rise (or fall) from group to group in the order given, in whatever steps?
 * (Terpstra 1952, Indagationes Mathematicae 14, 327-333; Jonckheere 1954, Biometrika 41, 133-145.) p by permuting the
 * values between the groups: exact while there are at most 20,000 arrangements, else (b + 1) / (B + 1) over 19,999 random ones.
 *
 * Only the order of the groups counts, not how far apart they are; ties count half on either side.
 *
 * @param input.groups the values of each group (one for each seed of a recipe), in the order of the trend
 * @param input.random used for a random sample only
 * @param input.alternative `two-sided` by default
 * @returns nulls with a reason unless two groups have values
 * @throws InputError for a value that is not a finite number
 * @example orderedTrend({ groups: [[1, 2], [3], [4, 5]], random }) // trend 1, p 2 / 30
 */
export function orderedTrend(input: {
  readonly groups: readonly (readonly number[])[];
  readonly random: RandomGenerator;
  readonly alternative?: Alternative;
}): OrderedTrend {
  const { groups, random, alternative = 'two-sided' } = input;
  const all = groups.flat();
  const wrong = all.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new InputError(`orderedTrend needs finite numbers, found ${wrong}. Leave out what is missing.`);
  }
  const sizes = groups.map((group) => group.length).filter((size) => size > 0);
  if (sizes.length < 2) {
    const reason = `only ${sizes.length} groups with values, a trend needs at least 2`;
    const none = { trend: null, p: null, smallestP: null, arrangements: 0 };
    return { ...none, alternative, kind: 'exact', reason };
  }
  const labels = sizes.flatMap((size, group) => Array.from({ length: size }, () => group));
  const observed = trendOf(all, labels);
  const exact = countOf(sizes) <= MOST_EXACT;
  const trends = exact
    ? [...arrangementsOf(sizes)].map((arranged) => trendOf(all, arranged))
    : Array.from({ length: RANDOM_ARRANGEMENTS }, () =>
        trendOf(
          all,
          Array.from(randomPermutation(all.length, random), (place) => labels[place] ?? 0),
        ),
      );
  const total = trends.length;
  const p = (counts: { readonly larger: number; readonly smaller: number }): number =>
    pOfCounts({ counts, total, withObserved: !exact, alternative });
  const extreme = exact ? 1 : 0;
  return {
    trend: observed,
    p: p(countAsExtreme(trends, observed)),
    alternative,
    kind: exact ? 'exact' : 'random',
    arrangements: total,
    smallestP: p({ larger: extreme, smaller: extreme }),
    reason: null,
  };
}

/** Rising minus falling pairs of different groups, over their number. */
function trendOf(values: readonly number[], labels: readonly number[]): number {
  let score = 0;
  let pairs = 0;
  for (let i = 0; i < values.length; i += 1) {
    for (let j = i + 1; j < values.length; j += 1) {
      const order = Math.sign((labels[j] ?? 0) - (labels[i] ?? 0));
      score += order * Math.sign((values[j] ?? 0) - (values[i] ?? 0));
      pairs += order === 0 ? 0 : 1;
    }
  }
  return score / pairs;
}

/** How many ways there are to give groups of these sizes to all values. */
function countOf(sizes: readonly number[]): number {
  let left = sizes.reduce((sum, size) => sum + size, 0);
  let count = 1;
  for (const size of sizes) {
    count *= binomial(left, size);
    left -= size;
  }
  return count;
}

/** The group of each value, in every way that gives each group its size. */
function* arrangementsOf(sizes: readonly number[], group = 0): Generator<number[]> {
  const [size, ...later] = sizes;
  if (size === undefined) {
    yield [];
    return;
  }
  const total = sizes.reduce((sum, one) => sum + one, 0);
  for (const chosen of choices(total, size)) {
    const mine = new Set(chosen);
    for (const others of arrangementsOf(later, group + 1)) {
      let next = 0;
      yield Array.from({ length: total }, (_, place) => {
        if (mine.has(place)) {
          return group;
        }
        next += 1;
        return others[next - 1] ?? 0;
      });
    }
  }
}
