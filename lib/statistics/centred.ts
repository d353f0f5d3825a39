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
    sum += values[i] ?? Number.NaN;
  }
  // A value that is not finite makes the sum so; looking at the sum alone is several times as fast as at every value.
  if (!Number.isFinite(sum)) {
    requireFinite(values, name);
  }
  const mean = n === 0 ? 0 : sum / n;
  const deviations = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    deviations[i] = (values[i] ?? Number.NaN) - mean;
  }
  const norm = normOf(deviations);
  const isConstant = n === 0 || norm <= ROUNDING * Math.abs(mean) * Math.sqrt(n);
  return { mean, deviations, norm, isConstant };
}

/** Values between these in size can be squared and added without under- or overflow. */
const SAFE = { least: 1e-140, most: 1e140 };

/** Whether squares of these norms, and their product, stay inside the range of float64. */
export function isSafeToSquare(...norms: readonly number[]): boolean {
  return norms.every((norm) => norm > SAFE.least && norm < SAFE.most);
}

/** Root of the sum of squares; very small and very large values are scaled, so that they neither under- nor overflow. */
export function normOf(values: ArrayLike<number>): number {
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = Math.abs(values[i] ?? 0);
    largest = Math.max(value, largest);
    squares += value * value;
  }
  if (largest === 0) {
    return 0;
  }
  if (isSafeToSquare(largest)) {
    return Math.sqrt(squares);
  }
  squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    squares += ((values[i] ?? 0) / largest) ** 2;
  }
  return largest * Math.sqrt(squares);
}

/** @param name what needs them, for the message. @throws InputError for a value that is not a finite number */
export function requireFinite(values: ArrayLike<number>, name: string): void {
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i])) {
      throw new InputError(
        `${name} needs finite numbers, found ${values[i]} at place ${i}. Leave out what is missing.`,
      );
    }
  }
}
