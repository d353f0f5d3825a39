import { InputError } from '../files/input-error.js';

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
 */
export function meanCorrelation(correlations: readonly (number | null)[]): MeanCorrelation {
  const defined = correlations.filter((r) => r !== null);
  const n = defined.length;
  const sumOfZ = defined.reduce((sum, r) => sum + fisherZ(r), 0);
  const sum = defined.reduce((total, r) => total + r, 0);
  return {
    mean: n === 0 ? null : correlationOfFisherZ(sumOfZ / n),
    plainMean: n === 0 ? null : sum / n,
    capped: defined.filter((r) => Math.abs(r) > CORRELATION_CAP).length,
    n,
    undefinedCount: correlations.length - n,
  };
}
