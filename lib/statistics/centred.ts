import { InputError } from '../files/input-error.js';

/** A sample with its mean taken away. */
export interface CentredSample {
  readonly mean: number;
  readonly deviations: Float64Array;
  /** Root of the sum of squared deviations. */
  readonly norm: number;
  /** Whether the values are equal, up to what float64 can tell apart. */
  readonly isConstant: boolean;
}

/** A spread this small beside the mean is rounding, not variation. */
export const ROUNDING = 1e-13;

/**
 * Takes the mean away from a sample (two passes, float64).
 *
 * @param name what is centred, for error messages
 * @throws InputError for a value that is not a finite number
 */
export function centred(values: ArrayLike<number>, name: string): CentredSample {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    sum += finiteAt(values, i, name);
  }
  const mean = n === 0 ? 0 : sum / n;
  const deviations = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    deviations[i] = finiteAt(values, i, name) - mean;
  }
  const norm = normOf(deviations);
  const isConstant = n === 0 || norm <= ROUNDING * Math.abs(mean) * Math.sqrt(n);
  return { mean, deviations, norm, isConstant };
}

/** Root of the sum of squares; scaling keeps very small and very large values from under- and overflowing. */
export function normOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) {
    largest = Math.max(largest, Math.abs(values[i] ?? 0));
  }
  if (largest === 0) {
    return 0;
  }
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    squares += ((values[i] ?? 0) / largest) ** 2;
  }
  return largest * Math.sqrt(squares);
}

function finiteAt(values: ArrayLike<number>, place: number, name: string): number {
  const value = values[place];
  if (value === undefined || !Number.isFinite(value)) {
    throw new InputError(
      `${name} needs finite numbers, found ${value} at place ${place}. Leave out what is missing.`,
    );
  }
  return value;
}
