import { InputError } from '../../files/input-error.js';
import { mean, standardDeviation } from '../spread.js';
import { DEFAULT_LEVEL, type Interval, requireLevel, tInterval, twoSidedTailOfT } from '../student-t.js';

/** Welch's t test of two samples. */
export interface WelchTest {
  /** Mean of the first sample minus mean of the second; null where a sample is empty. */
  readonly difference: number | null;
  /** Of the difference. */
  readonly interval: Interval | null;
  readonly t: number | null;
  /** Welch-Satterthwaite degrees of freedom. */
  readonly df: number | null;
  /** Two-sided. */
  readonly p: number | null;
  /** Why something is missing; null when nothing is. */
  readonly reason: string | null;
}

/**
 * Welch's t test and interval for the difference of two means, variances not taken as equal (Welch 1947, Biometrika 34,
 * 28-35). With one number for each seed of two recipes it is a claim about recipes, not about two given models.
 *
 * @param input.level of the interval; .95 by default
 * @returns the difference alone, with a reason, for samples of fewer than two values and where both samples are constant
 * @throws InputError for a value that is not a finite number or a level outside (0, 1)
 */
export function welch(input: {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly level?: number;
}): WelchTest {
  const { first, second, level = DEFAULT_LEVEL } = input;
  requireLevel('welch', level);
  const wrong = [...first, ...second].find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new InputError(`welch needs finite numbers, found ${wrong}. Leave out what is missing.`);
  }
  const firstMean = mean(first);
  const secondMean = mean(second);
  const difference = firstMean === null || secondMean === null ? null : firstMean - secondMean;
  const none = { difference, interval: null, t: null, df: null, p: null };
  const firstDeviation = standardDeviation(first);
  const secondDeviation = standardDeviation(second);
  if (difference === null || firstDeviation === null || secondDeviation === null) {
    const reason = `samples of ${first.length} and ${second.length} values; a t test needs at least 2 in each`;
    return { ...none, reason };
  }
  const a = firstDeviation ** 2 / first.length;
  const b = secondDeviation ** 2 / second.length;
  if (a + b === 0) {
    return { ...none, reason: 'both samples are constant, so nothing tells how far means vary' };
  }
  const standardError = Math.sqrt(a + b);
  const df = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1));
  const t = difference / standardError;
  const interval = tInterval({ estimate: difference, standardError, df, level });
  return { difference, interval, t, df, p: twoSidedTailOfT(t, df), reason: null };
}
