import { ROUNDING } from '../statistics/centred.js';
import { deviationCorrelation } from '../statistics/correlation.js';
import type { SampleCorrelation } from '../statistics/intervals/row-correlations.js';

/**
 * A score, or its deviation from a reference; 0 where only rounding tells them apart, so that a model that gives exactly the
 * item means has no deviations to correlate.
 *
 * @param reference null where there is none, and then no deviation; undefined where no deviation is wanted
 */
export function deviation(score: number | null, reference: number | null | undefined): number | null {
  if (reference === undefined || score === null) {
    return score;
  }
  return reference === null ? null : Math.abs(score - reference) > ROUNDING ? score - reference : 0;
}

/** Deviation r of what are deviations already. */
export const uncentred: SampleCorrelation = (x, y) =>
  deviationCorrelation({ x, y, reference: new Float64Array(x.length) });
