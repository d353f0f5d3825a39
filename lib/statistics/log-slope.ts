import { InputError } from '../files/input-error.js';
import { type LinearRegression, linearRegression } from './linear-regression.js';

/**
 * The slope of values on log10 of sizes: how much a value changes for ten times the size. With r as the values and
 * numbers of parameters as the sizes it is the size effect of a family of models; the interval takes the models as the
 * unit and their errors as independent.
 *
 * @param input.sizes above 0 (parameters of a model)
 * @param input.values one for each size (r of that model)
 * @param input.level of the interval; .95 by default
 * @returns see {@link linearRegression}; `intercept` is the value at size 1
 * @throws InputError for a size that is not above 0, samples of different length and values that are not finite
 */
export function slopeOnLog10(input: {
  readonly sizes: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly level?: number;
}): LinearRegression {
  const { sizes, values, ...options } = input;
  const x = Float64Array.from({ length: sizes.length }, (_, place) => {
    const size = sizes[place];
    if (size === undefined || !(size > 0)) {
      throw new InputError(`slopeOnLog10 needs sizes above 0, found ${size} at place ${place}.`);
    }
    return Math.log10(size);
  });
  return linearRegression({ x, y: values, ...options });
}
