import { InputError } from '../files/input-error.js';
import { requireEqualLength } from './equal-length.js';

/** A mean absolute error; null without a pair, and `reason` says so. */
export interface AbsoluteError {
  /** 0 or more, in the units of the samples. */
  readonly error: number | null;
  /** Pairs of values. */
  readonly n: number;
  readonly reason: string | null;
}

/**
 * Mean absolute error: the mean of |x - y|.
 *
 * @returns `error: null` with a reason without any pair; one pair is enough
 * @throws InputError for samples of different length and for values that are not finite
 */
export function meanAbsoluteError(x: ArrayLike<number>, y: ArrayLike<number>): AbsoluteError {
  requireEqualLength('meanAbsoluteError', x, y);
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    const difference = Math.abs((x[i] ?? Number.NaN) - (y[i] ?? Number.NaN));
    if (!Number.isFinite(difference)) {
      throw new InputError(
        `meanAbsoluteError needs finite numbers, found ${x[i]} and ${y[i]} at place ${i}. Leave out what is missing.`,
      );
    }
    sum += difference;
  }
  return n === 0 ? { error: null, n, reason: 'no pair of values' } : { error: sum / n, n, reason: null };
}
