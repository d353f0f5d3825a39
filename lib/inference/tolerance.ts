import type { Spread } from './self-test.js';

/** Float32 numbers this close count as the same number. */
export const FLOAT32_TOLERANCE = 1e-4;
/** Float16: halves between 8 and 16 are 1/128 apart, and roundings add up over the layers. */
export const FLOAT16_TOLERANCE: Spread = { median: 0.02, largest: 0.1 };
/**
 * A prompt whose numbers move by more than this beside a neighbour runs alone. Below lie rounding, and quantised weights
 * whose activations are rounded token by token; above, quantisation that scales over all tokens of a run.
 */
export const NEIGHBOURS_MATTER = 0.05;

/**
 * How far packed prompts may be from prompts alone.
 *
 * @param dtype element type of the logits
 * @param neighbours what a second prompt in a batch does to the same export: packing may do as much, not more
 */
export function packedTolerance(dtype: string, neighbours: Spread): Spread {
  if (dtype === 'float16') {
    return FLOAT16_TOLERANCE;
  }
  const largest = Math.max(FLOAT32_TOLERANCE, neighbours.largest);
  return { median: largest, largest };
}

/** How far a prompt in a batch may be from the same prompt alone before every prompt runs alone. */
export function batchTolerance(dtype: string): number {
  return dtype === 'float16' ? FLOAT16_TOLERANCE.largest : FLOAT32_TOLERANCE;
}

export function withinTolerance(spread: Spread, tolerance: Spread): boolean {
  return spread.median <= tolerance.median && spread.largest <= tolerance.largest;
}
