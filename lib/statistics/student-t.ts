import cdf from '@stdlib/stats-base-dists-t-cdf';
import quantile from '@stdlib/stats-base-dists-t-quantile';
import { InputError } from '../files/input-error.js';

/** A confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Share of such intervals that are meant to hold the true value: .95. */
  readonly level: number;
}

export const DEFAULT_LEVEL = 0.95;

/**
 * The interval estimate ± t(df) x standard error, t being the quantile of Student's t at (1 + level) / 2.
 *
 * @param input.df degrees of freedom, above 0; need not be whole
 * @param input.level between 0 and 1; .95 by default
 * @throws InputError for numbers outside these ranges
 */
export function tInterval(input: {
  readonly estimate: number;
  readonly standardError: number;
  readonly df: number;
  readonly level?: number;
}): Interval {
  const { estimate, standardError, df, level = DEFAULT_LEVEL } = input;
  requireLevel('tInterval', level);
  if (!(df > 0) || !(standardError >= 0) || !Number.isFinite(estimate)) {
    throw new InputError(
      'tInterval needs a finite estimate, a standard error of 0 or more and degrees of freedom above 0, ' +
        `got ${estimate}, ${standardError} and ${df}.`,
    );
  }
  const reach = standardError === 0 ? 0 : quantile((1 + level) / 2, df) * standardError;
  return { low: estimate - reach, high: estimate + reach, level };
}

/** The probability that |T| of Student's t with `df` degrees of freedom is at least |t|. */
export function twoSidedTailOfT(t: number, df: number): number {
  return Math.min(1, 2 * cdf(-Math.abs(t), df));
}

/** @param name what needs the level, for the message. @throws InputError unless the level lies between 0 and 1 */
export function requireLevel(name: string, level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new InputError(`${name} needs a confidence level between 0 and 1, got ${level}. .95 is usual.`);
  }
}
