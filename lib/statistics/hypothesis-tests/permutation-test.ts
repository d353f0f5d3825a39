import { InputError } from '../../files/input-error.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import { type RandomGenerator, randomPermutation } from '../random.js';
import { mean, standardDeviation } from '../spread.js';
import { type Alternative, countAsExtreme, pOfCounts } from './as-extreme.js';

/** What a permutation test found. */
export interface PermutationTest {
  /** The statistic of the data as they are; null where undefined. */
  readonly observed: number | null;
  /** In (0, 1]; null where undefined. */
  readonly p: number | null;
  /** Mean and standard deviation (n - 1) of the statistic over the permutations: what chance gives. Null without p. */
  readonly permuted: { readonly mean: number; readonly standardDeviation: number } | null;
  readonly alternative: Alternative;
  /** Random permutations in which the statistic is defined. */
  readonly permutations: number;
  readonly undefinedPermutations: number;
  /** Why there is no p; null when there is one. */
  readonly reason: string | null;
}

/**
 * Permutation test: p = (b + 1) / (B + 1), b the number of B random permutations whose statistic is at least as extreme
 * as the one observed (Davison and Hinkley 1997, section 4.3; never 0, since the data are one of the permutations).
 *
 * The statistic is given *one* order of the n rows (countries), to be used for all columns (items): shuffling anew inside
 * each item rejects a true null far too often once countries share a profile. Where countries cluster (cultural zones) rows
 * cannot be exchanged freely and even one order rejects too often (Galton's problem): look at an interval over groups of
 * rows as well.
 *
 * @param input.n rows to permute
 * @param input.statistic of the data with row i of one side matched with row order[i] of the other; null where undefined
 * @param input.alternative `greater` by default: matching is expected to be better than chance
 * @param input.permutations 9,999 by default
 * @returns no p, with a reason, for fewer than two rows and where the observed statistic or all others are undefined
 * @throws InputError unless the number of permutations is a positive whole number
 */
export function permutationTest(input: {
  readonly n: number;
  readonly statistic: (order: Int32Array) => number | null;
  readonly random: RandomGenerator;
  readonly alternative?: Alternative;
  readonly permutations?: number;
}): PermutationTest {
  const { n, statistic, random, alternative = 'greater', permutations = 9_999 } = input;
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new InputError(
      `permutationTest needs a positive whole number of permutations, got ${permutations}.`,
    );
  }
  const observed = statistic(Int32Array.from({ length: n }, (_, row) => row));
  const none = { observed, p: null, permuted: null, alternative, permutations: 0, undefinedPermutations: 0 };
  if (observed === null) {
    return { ...none, reason: 'the statistic is undefined' };
  }
  if (n < 2) {
    return { ...none, reason: `only ${n} rows; a permutation needs at least 2` };
  }
  const values: number[] = [];
  for (let k = 0; k < permutations; k += 1) {
    const value = statistic(randomPermutation(n, random));
    if (value !== null) {
      values.push(value);
    }
  }
  const undefinedPermutations = permutations - values.length;
  if (values.length === 0) {
    return { ...none, undefinedPermutations, reason: 'the statistic is undefined in every permutation' };
  }
  const counts = countAsExtreme(values, observed);
  const p = pOfCounts({ counts, total: values.length, withObserved: true, alternative });
  const permuted = { mean: mean(values) ?? 0, standardDeviation: standardDeviation(values) ?? 0 };
  return {
    ...{ observed, p, permuted, alternative },
    ...{ permutations: values.length, undefinedPermutations, reason: null },
  };
}

/**
 * The statistic "mean agreement of matched rows": the mean of the cells (i, order[i]) of a square matrix. With the matrix
 * of r (or Fisher's z) between all rows of people and all rows of a model, from `crossCorrelation`, one permutation costs
 * n additions.
 *
 * @returns a statistic that is null when no matched cell is defined; undefined cells are left out
 * @throws InputError unless the matrix is square
 */
export function meanOfMatchedRows(agreement: MaskedMatrix): (order: Int32Array) => number | null {
  const { rows, columns, values, present } = agreement;
  if (rows !== columns) {
    throw new InputError(`meanOfMatchedRows needs a square matrix, got ${rows} x ${columns}.`);
  }
  return (order) => {
    let sum = 0;
    let n = 0;
    for (let row = 0; row < rows; row += 1) {
      const cell = row * columns + (order[row] ?? 0);
      if (present[cell] === 1) {
        sum += values[cell] ?? 0;
        n += 1;
      }
    }
    return n === 0 ? null : sum / n;
  };
}
