import { centred } from './centred.js';
import { type Correlation, FEWEST_PAIRS, tooFewPairs } from './correlation.js';
import { requireEqualLength } from './equal-length.js';

/**
 * Lin's concordance correlation coefficient,
 *
 *   2 s_xy / (s_x^2 + s_y^2 + (mean x - mean y)^2)   with n in the denominators (Lin 1989, Biometrics 45, 255-268).
 *
 * 1 only where both samples hold the same values. Unlike r it falls when one side is squeezed or shifted, and |r| is its
 * upper bound. One constant sample leaves it defined, at 0: a side without variation agrees with none.
 *
 * @returns `r` in [-1, 1]; null with a reason for fewer than three pairs and where both samples are constant
 * @throws InputError for samples of different length and for values that are not finite
 */
export function concordance(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  requireEqualLength('concordance', x, y);
  const n = x.length;
  const a = centred(x, 'concordance');
  const b = centred(y, 'concordance');
  if (n < FEWEST_PAIRS) {
    return { r: null, n, reason: tooFewPairs(n) };
  }
  if (a.isConstant && b.isConstant) {
    return { r: null, n, reason: `the values of both samples are each the same for all ${n} pairs` };
  }
  // Relative to the larger side, so that no square overflows.
  const unit = Math.max(a.norm, b.norm);
  let products = 0;
  for (let i = 0; i < n; i += 1) {
    products += ((a.deviations[i] ?? 0) / unit) * ((b.deviations[i] ?? 0) / unit);
  }
  const shift = (a.mean - b.mean) / unit;
  const r = (2 * products) / ((a.norm / unit) ** 2 + (b.norm / unit) ** 2 + n * shift ** 2);
  return { r: Math.min(1, Math.max(-1, r)), n, reason: null };
}
