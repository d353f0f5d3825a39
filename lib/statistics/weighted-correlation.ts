import { InputError } from '../files/input-error.js';
import { ROUNDING } from './centred.js';
import { type Correlation, FEWEST_PAIRS, tooFewPairs } from './correlation.js';
import { requireEqualLength } from './equal-length.js';
import { requireWeights } from './weights.js';

/**
 * Pearson's correlation in which pair i counts `weights[i]` times: weighted means, weighted sums of squares and products
 * (two passes, float64). Equal weights give {@link pearson}; whole-number weights give it for repeated pairs.
 *
 * @param samples.weights 0 or more, one for each pair, of any scale
 * @returns `r` in [-1, 1] and `n`, the pairs of positive weight; `r: null` with a reason for fewer than three of them
 *   and where either sample is constant among them
 * @throws InputError for samples of different length, a negative weight, and values that are not finite
 */
export function weightedPearson(samples: {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}): Correlation {
  const { x, y, weights } = samples;
  requireEqualLength('weightedPearson', x, y);
  requireWeights('weightedPearson', weights, x.length);
  const a = weightedlyCentred(x, weights);
  const b = weightedlyCentred(y, weights);
  const n = Array.from(weights).filter((weight) => weight > 0).length;
  if (n < FEWEST_PAIRS) {
    return { r: null, n, reason: tooFewPairs(n) };
  }
  if (a.isConstant || b.isConstant) {
    const side = a.isConstant ? 'first' : 'second';
    return { r: null, n, reason: `the values of the ${side} sample are the same for all ${n} pairs` };
  }
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) {
    sum += (a.rooted[i] ?? 0) * (b.rooted[i] ?? 0);
  }
  return { r: Math.min(1, Math.max(-1, sum)), n, reason: null };
}

/** Deviations from the weighted mean times the root of the weight, brought to length 1. */
function weightedlyCentred(values: ArrayLike<number>, weights: ArrayLike<number>) {
  const n = values.length;
  let largest = 0;
  let spread = 0;
  for (let i = 0; i < n; i += 1) {
    if (!Number.isFinite(values[i])) {
      throw new InputError(
        `weightedPearson needs finite numbers, found ${values[i]} at place ${i}. Leave out what is missing.`,
      );
    }
    largest = Math.max(largest, weights[i] ?? 0);
    spread = (weights[i] ?? 0) > 0 ? Math.max(spread, Math.abs(values[i] ?? 0)) : spread;
  }
  if (largest === 0 || spread === 0) {
    return { rooted: new Float64Array(n), isConstant: true };
  }
  // Weights and values are taken relative to the largest, so that no sum overflows.
  let total = 0;
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    const weight = (weights[i] ?? 0) / largest;
    total += weight;
    sum += weight > 0 ? weight * ((values[i] ?? 0) / spread) : 0;
  }
  const mean = sum / total;
  const rooted = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const weight = (weights[i] ?? 0) / largest;
    rooted[i] = weight > 0 ? Math.sqrt(weight) * ((values[i] ?? 0) / spread - mean) : 0;
    squares += (rooted[i] ?? 0) ** 2;
  }
  const norm = Math.sqrt(squares);
  const isConstant = norm <= ROUNDING * Math.abs(mean) * Math.sqrt(total);
  return { rooted: isConstant ? rooted : rooted.map((value) => value / norm), isConstant };
}
