import quantile from '@stdlib/stats-base-dists-t-quantile';
import { InputError } from '../../files/input-error.js';
import { DEFAULT_LEVEL, type Interval, requireLevel } from '../student-t.js';

// Student's t with so many degrees of freedom has the normal quantile to eleven digits.
const AS_GOOD_AS_NORMAL = 1e12;

/**
 * Wilson's score interval of a share: the shares that a test of size 1 - level would not reject (Wilson 1927).
 *
 *     (k + z²/2 ± z √(k (n - k) / n + z²/4)) / (n + z²)
 *
 * It stays within [0, 1] and is sensible for few cases and for shares near 0 and 1, where share ± z x standard error is not.
 *
 * @param input.successes k, a whole number from 0 to n
 * @param input.n cases, each independent of the others
 * @param input.level between 0 and 1; .95 by default
 * @returns null without any case
 * @throws InputError for numbers outside these ranges
 */
export function wilsonInterval(input: {
  readonly successes: number;
  readonly n: number;
  readonly level?: number;
}): Interval | null {
  const { successes: k, n, level = DEFAULT_LEVEL } = input;
  requireLevel('wilsonInterval', level);
  if (!Number.isInteger(n) || !Number.isInteger(k) || k < 0 || k > n) {
    throw new InputError(
      `wilsonInterval needs whole numbers of successes and cases, no more successes than cases, got ${k} of ${n}.`,
    );
  }
  if (n === 0) {
    return null;
  }
  const z = quantile((1 + level) / 2, AS_GOOD_AS_NORMAL);
  const reach = z * Math.sqrt((k * (n - k)) / n + z ** 2 / 4);
  const middle = k + z ** 2 / 2;
  return {
    // Rounding must not carry the ends of 0 of n and n of n beyond 0 and 1.
    low: k === 0 ? 0 : (middle - reach) / (n + z ** 2),
    high: k === n ? 1 : (middle + reach) / (n + z ** 2),
    level,
  };
}
