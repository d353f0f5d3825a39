import { FEWEST_PAIRS, tooFewPairs } from './correlation.js';
import { requireEqualLength } from './equal-length.js';
import { linearRegression } from './linear-regression.js';

/** How the level and the spread of predictions compare with what was observed. */
export interface Calibration {
  /** Units of prediction for one unit observed; 1 is right, below 1 squeezed, above 1 exaggerated. Null where undefined. */
  readonly slope: number | null;
  /** Prediction where the observed value is 0; 0 is right. Null where undefined. */
  readonly offset: number | null;
  /** Pairs of values. */
  readonly n: number;
  readonly reason: string | null;
}

/**
 * Calibration line: predicted = offset + slope x observed, by least squares.
 *
 * r cannot see a model that squeezes all its answers toward the middle; the slope is then below 1. The *observed* values
 * are the regressor, since survey means have hardly any error of their own while a model's have: the other way round (the
 * calibration slope of clinical prediction, Cox 1958) noise of the model would look like exaggeration.
 *
 * @param samples.observed what is true (people's mean scores)
 * @param samples.predicted what is judged (a model's)
 * @returns nulls with a reason for fewer than three pairs and where the observed values are constant
 * @throws InputError for samples of different length and for values that are not finite
 */
export function calibration(samples: {
  readonly observed: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}): Calibration {
  requireEqualLength('calibration', samples.observed, samples.predicted);
  const line = linearRegression({ x: samples.observed, y: samples.predicted });
  const { n } = line;
  if (n < FEWEST_PAIRS) {
    return { slope: null, offset: null, n, reason: tooFewPairs(n, 'a calibration line') };
  }
  if (line.slope === null) {
    return {
      slope: null,
      offset: null,
      n,
      reason: `the observed values are the same for all ${n} pairs`,
    };
  }
  return { slope: line.slope, offset: line.intercept, n, reason: null };
}
