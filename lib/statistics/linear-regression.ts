import { centred } from './centred.js';
import { requireEqualLength } from './equal-length.js';
import { DEFAULT_LEVEL, type Interval, requireLevel, tInterval } from './student-t.js';

/** A straight line y = intercept + slope x by least squares. */
export interface LinearRegression {
  /** Units of y for one unit of x; null where undefined. */
  readonly slope: number | null;
  /** y at x = 0; null where undefined. */
  readonly intercept: number | null;
  /** Standard error of the slope; null for fewer than three points. */
  readonly standardError: number | null;
  /** Interval of the slope, t(n - 2); null for fewer than three points. */
  readonly interval: Interval | null;
  /** Points. */
  readonly n: number;
  /** Why there is no slope, or no interval; null when both are there. */
  readonly reason: string | null;
}

/**
 * Ordinary least squares of y on x, with the textbook interval of the slope: independent errors of equal variance.
 *
 * @param input.level of the interval; .95 by default
 * @returns nulls with a reason for fewer than two points and a constant x; no interval for two points, which any line fits
 * @throws InputError for samples of different length and for values that are not finite
 */
export function linearRegression(input: {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly level?: number;
}): LinearRegression {
  const { x, y, level = DEFAULT_LEVEL } = input;
  requireEqualLength('linearRegression', x, y);
  requireLevel('linearRegression', level);
  const n = x.length;
  const a = centred(x, 'linearRegression');
  const b = centred(y, 'linearRegression');
  const none = { slope: null, intercept: null, standardError: null, interval: null, n };
  if (n < 2) {
    return { ...none, reason: `only ${n} points; a slope needs at least 2` };
  }
  if (a.isConstant) {
    return { ...none, reason: `x is the same for all ${n} points, so there is no slope` };
  }
  let products = 0;
  for (let i = 0; i < n; i += 1) {
    products += ((a.deviations[i] ?? 0) / a.norm) * (b.deviations[i] ?? 0);
  }
  const slope = products / a.norm;
  const intercept = b.mean - slope * a.mean;
  if (n === 2) {
    return {
      ...{ ...none, slope, intercept },
      reason: 'only 2 points, which any line fits; an interval needs at least 3',
    };
  }
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    squares += ((b.deviations[i] ?? 0) - slope * (a.deviations[i] ?? 0)) ** 2;
  }
  const standardError = Math.sqrt(squares / (n - 2)) / a.norm;
  const interval = tInterval({ estimate: slope, standardError, df: n - 2, level });
  return { slope, intercept, standardError, interval, n, reason: null };
}
