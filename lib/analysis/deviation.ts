import { ROUNDING } from '../statistics/centred.js';

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
