import { InputError } from '../../files/input-error.js';
import { DEFAULT_LEVEL, type Interval, requireLevel } from '../student-t.js';

/**
 * A quantile of a sorted sample, linear between neighbours (type 7 of Hyndman and Fan 1996, the default of numpy and R).
 *
 * @param sorted finite numbers, smallest first
 * @param probability in [0, 1]
 * @throws InputError for an empty sample and a probability outside [0, 1]
 */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0 || !(probability >= 0 && probability <= 1)) {
    throw new InputError(
      `quantileOfSorted needs at least one value and a probability from 0 to 1, got ${sorted.length} values and ${probability}.`,
    );
  }
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (place - below) * (high - low);
}

/**
 * Percentile interval of bootstrap replicates: their quantiles at (1 - level) / 2 and (1 + level) / 2 (Efron 1982).
 *
 * @param values finite numbers in any order
 * @throws InputError for no values or a level outside (0, 1)
 */
export function percentileInterval(values: Float64Array, level = DEFAULT_LEVEL): Interval {
  requireLevel('percentileInterval', level);
  const sorted = values.toSorted();
  return {
    low: quantileOfSorted(sorted, (1 - level) / 2),
    high: quantileOfSorted(sorted, (1 + level) / 2),
    level,
  };
}
