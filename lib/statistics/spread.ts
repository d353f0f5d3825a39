import { ROUNDING } from './centred.js';

/** Arithmetic mean; null for an empty sample. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation with n - 1 in the denominator (two passes), 0 up to rounding; null for fewer than two values. */
export function standardDeviation(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) {
    return null;
  }
  const norm = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0));
  return norm <= ROUNDING * Math.abs(centre) * Math.sqrt(values.length)
    ? 0
    : norm / Math.sqrt(values.length - 1);
}
