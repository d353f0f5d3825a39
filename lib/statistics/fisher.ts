import { InputError } from '../files/input-error.js';
import { requireWeights } from './weights.js';

/** Fisher's z of 1 is infinite, so correlations are capped at this absolute value before they are averaged. */
export const CORRELATION_CAP = 0.999;

/** A mean of correlations. */
export interface MeanCorrelation {
  /** Mean over Fisher's z, turned back into a correlation; null when there is nothing to average. */
  readonly mean: number | null;
  /** Plain mean of the correlations, uncapped; null when there is nothing to average. */
  readonly plainMean: number | null;
  /** How many correlations were capped. */
  readonly capped: number;
  /** How many were averaged. */
  readonly n: number;
  /** How many were undefined and left out. */
  readonly undefinedCount: number;
}

/** Fisher's z of a correlation, atanh(r), with |r| capped at {@link CORRELATION_CAP}. @throws InputError outside [-1, 1] */
export function fisherZ(r: number): number {
  if (!(r >= -1 && r <= 1)) {
    throw new InputError(`fisherZ needs a correlation from -1 to 1, got ${r}.`);
  }
  return Math.atanh(Math.min(CORRELATION_CAP, Math.max(-CORRELATION_CAP, r)));
}

/** The correlation that has a given z: tanh(z). */
export function correlationOfFisherZ(z: number): number {
  return Math.tanh(z);
}

/**
 * Mean of correlations over Fisher's z, with the plain mean beside it.
 *
 * @param correlations null marks an undefined one; it is left out and counted
 * @param options.weights 0 or more, one for each correlation, of any scale; equal by default. A correlation of weight 0
 *   is left out and counted nowhere.
 * @throws InputError outside [-1, 1] and for a negative weight
 */
export function meanCorrelation(
  correlations: readonly (number | null)[],
  options: { readonly weights?: ArrayLike<number> } = {},
): MeanCorrelation {
  const weights = options.weights ?? new Float64Array(correlations.length).fill(1);
  requireWeights('meanCorrelation', weights, correlations.length);
  let n = 0;
  let undefinedCount = 0;
  let capped = 0;
  let total = 0;
  let sumOfZ = 0;
  let sum = 0;
  for (const [place, r] of correlations.entries()) {
    const weight = weights[place] ?? 0;
    if (weight === 0) {
      continue;
    }
    if (r === null) {
      undefinedCount += 1;
      continue;
    }
    n += 1;
    capped += Math.abs(r) > CORRELATION_CAP ? 1 : 0;
    total += weight;
    sumOfZ += weight * fisherZ(r);
    sum += weight * r;
  }
  return {
    mean: n === 0 ? null : correlationOfFisherZ(sumOfZ / total),
    plainMean: n === 0 ? null : sum / total,
    capped,
    n,
    undefinedCount,
  };
}
