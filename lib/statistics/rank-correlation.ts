import { InputError } from '../files/input-error.js';
import { type Correlation, pearson } from './correlation.js';
import { requireEqualLength } from './equal-length.js';

/**
 * Ranks from 1 (smallest) to n; equal values share the mean of their ranks (midranks).
 *
 * @throws InputError for a value that is not a finite number
 * @example midranks([10, 30, 10]) // Float64Array [1.5, 3, 1.5]
 */
export function midranks(values: ArrayLike<number>): Float64Array {
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i])) {
      throw new InputError(
        `midranks needs finite numbers, found ${values[i]} at place ${i}. Leave out what is missing.`,
      );
    }
  }
  const order = Array.from({ length: values.length }, (_, place) => place);
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  let first = 0;
  while (first < order.length) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1] ?? 0] === values[order[first] ?? 0]) {
      last += 1;
    }
    for (let place = first; place <= last; place += 1) {
      // Ranks first + 1 to last + 1 are shared.
      ranks[order[place] ?? 0] = (first + last) / 2 + 1;
    }
    first = last + 1;
  }
  return ranks;
}

/**
 * Spearman's rank correlation: Pearson's of the midranks, which is right with ties too (the formula with squared rank
 * differences is not).
 *
 * @returns `r` in [-1, 1]; null with a reason for fewer than three pairs and where either sample is constant
 * @throws InputError for samples of different length and for values that are not finite
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  requireEqualLength('spearman', x, y);
  return pearson(midranks(x), midranks(y));
}
