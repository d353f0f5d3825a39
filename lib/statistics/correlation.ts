import { InputError } from '../files/input-error.js';
import { type CentredSample, centred, isSafeToSquare, normOf, ROUNDING, requireFinite } from './centred.js';
import { requireEqualLength } from './equal-length.js';

/** A correlation with the number of pairs behind it; `r` is null where it is undefined, and `reason` says why. */
export interface Correlation {
  /** In [-1, 1]. */
  readonly r: number | null;
  /** Pairs of values. */
  readonly n: number;
  readonly reason: string | null;
}

/** Two points always lie on a line, so a correlation of fewer than three pairs says nothing. */
export const FEWEST_PAIRS = 3;

/**
 * Pearson's product-moment correlation, two passes in float64.
 *
 * @returns `r: null` with a reason for fewer than three pairs and where either sample is constant
 * @throws InputError for samples of different length and for values that are not finite
 * @example pearson([1, 2, 3], [2, 4, 7]).r // 0.9933992677987828
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  requireEqualLength('pearson', x, y);
  const n = x.length;
  const a = centred(x, 'pearson');
  const b = centred(y, 'pearson');
  if (n < FEWEST_PAIRS) {
    return { r: null, n, reason: tooFewPairs(n) };
  }
  if (a.isConstant || b.isConstant) {
    return { r: null, n, reason: `the ${constantSide(a, b)} the same for all ${n} pairs` };
  }
  return { r: cosine(a.deviations, a.norm, b.deviations, b.norm), n, reason: null };
}

/**
 * Deviation r: how far deviations from a common reference agree,
 *
 *   sum (x - reference)(y - reference) / sqrt(sum (x - reference)^2 sum (y - reference)^2).
 *
 * With a country's human mean scores as `x`, a model's as `y` and the item means of other countries as `reference` it
 * sees what is special about the country (Furr 2008 calls that distinctive agreement). Nothing is centred, so turning
 * an item's scale around changes neither products nor squares.
 *
 * @returns `r: null` with a reason for fewer than three values and where all deviations of one side are 0
 * @throws InputError for samples of different length and for values that are not finite
 */
export function deviationCorrelation(samples: {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly reference: ArrayLike<number>;
}): Correlation {
  const { x, y, reference } = samples;
  requireEqualLength('deviationCorrelation', x, y);
  requireEqualLength('deviationCorrelation', x, reference);
  const n = x.length;
  const dx = deviationsFrom(x, reference);
  const dy = deviationsFrom(y, reference);
  const smallest = ROUNDING * normOf(reference);
  if (n < FEWEST_PAIRS) {
    return { r: null, n, reason: tooFewPairs(n) };
  }
  if (dx.norm <= smallest || dy.norm <= smallest) {
    const side = dx.norm <= smallest ? 'first' : 'second';
    return { r: null, n, reason: `the ${side} sample equals the reference for all ${n} pairs` };
  }
  return { r: cosine(dx.deviations, dx.norm, dy.deviations, dy.norm), n, reason: null };
}

/**
 * The correlation of numbers that are deviations already, sum x y / sqrt(sum x^2 sum y^2): {@link deviationCorrelation} with
 * a reference of 0.
 *
 * @returns `r: null` with a reason for fewer than three values and where all of one side are 0
 * @throws InputError for samples of different length and for values that are not finite
 */
export function uncentredCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  requireEqualLength('uncentredCorrelation', x, y);
  const n = x.length;
  const [a, b] = [Float64Array.from(x), Float64Array.from(y)];
  const [normA, normB] = [normOf(a), normOf(b)];
  if (!Number.isFinite(normA + normB)) {
    requireFinite(a, 'uncentredCorrelation');
    requireFinite(b, 'uncentredCorrelation');
  }
  if (n < FEWEST_PAIRS) {
    return { r: null, n, reason: tooFewPairs(n) };
  }
  if (normA === 0 || normB === 0) {
    const side = normA === 0 ? 'first' : 'second';
    return { r: null, n, reason: `all values of the ${side} sample are 0` };
  }
  return { r: cosine(a, normA, b, normB), n, reason: null };
}

/** Why so few pairs give no correlation, or no other measure of agreement. */
export function tooFewPairs(n: number, measure = 'a correlation'): string {
  return `only ${n} pairs of values; ${measure} needs at least ${FEWEST_PAIRS}`;
}

function constantSide(a: CentredSample, b: CentredSample): string {
  if (a.isConstant && b.isConstant) {
    return 'values of both samples are each';
  }
  return a.isConstant ? 'values of the first sample are' : 'values of the second sample are';
}

function deviationsFrom(
  values: ArrayLike<number>,
  reference: ArrayLike<number>,
): { deviations: Float64Array; norm: number } {
  const deviations = Float64Array.from({ length: values.length }, (_, i) => {
    const deviation = (values[i] ?? Number.NaN) - (reference[i] ?? Number.NaN);
    if (!Number.isFinite(deviation)) {
      throw new InputError(
        `deviationCorrelation needs finite numbers, found ${values[i]} with reference ${reference[i]} at place ${i}. ` +
          'Leave out what is missing.',
      );
    }
    return deviation;
  });
  return { deviations, norm: normOf(deviations) };
}

/** The cosine between two samples of known norm, kept inside [-1, 1] against rounding. */
function cosine(a: Float64Array, normA: number, b: Float64Array, normB: number): number {
  // Dividing every value first keeps products of extreme samples inside float64, and costs several times as much.
  const safe = isSafeToSquare(normA, normB);
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    sum += safe ? (a[i] ?? 0) * (b[i] ?? 0) : ((a[i] ?? 0) / normA) * ((b[i] ?? 0) / normB);
  }
  return Math.min(1, Math.max(-1, safe ? sum / normA / normB : sum));
}
