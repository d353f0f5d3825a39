import { type Correlation, pearson } from './correlation.js';
import { linearRegression } from './linear-regression.js';

/** One control takes one more pair than a correlation needs. */
const FEWEST = 4;

/**
 * Partial correlation of x and y given a control: Pearson's r of what straight lines through the control leave of both
 * (Yule 1907, Proceedings of the Royal Society A 79, 182-193).
 *
 * @returns `r: null` with a reason for fewer than four pairs and where a side or the control is constant, or a side lies on a
 *   line of the control
 * @throws InputError for samples of different length and for values that are not finite
 */
export function partialCorrelation(samples: {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly control: ArrayLike<number>;
}): Correlation {
  const { x, y, control } = samples;
  const n = x.length;
  const rx = residuals(control, x);
  const ry = residuals(control, y);
  if (n < FEWEST) {
    return {
      r: null,
      n,
      reason: `only ${n} pairs of values; a partial correlation needs at least ${FEWEST}`,
    };
  }
  if (rx === null || ry === null) {
    return { r: null, n, reason: `the control is the same for all ${n} pairs` };
  }
  return pearson(rx, ry);
}

/** What a straight line leaves of y, null without a line; 0 where only rounding is left. */
function residuals(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array | null {
  const { slope, intercept } = linearRegression({ x, y });
  if (slope === null || intercept === null) {
    return null;
  }
  const left = Float64Array.from(
    { length: y.length },
    (_, i) => (y[i] ?? 0) - intercept - slope * (x[i] ?? 0),
  );
  const largest = Math.max(...Array.from(y, Math.abs));
  return left.every((value) => Math.abs(value) <= 1e-12 * largest) ? new Float64Array(y.length) : left;
}
