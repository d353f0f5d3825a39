import { pearson } from '../correlation.js';
import { CORRELATION_CAP, correlationOfFisherZ } from '../fisher.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import type { Interval } from '../student-t.js';
import type { Terms } from './interval-rules.js';
import { commonCells, type SampleCorrelation } from './row-correlations.js';
import { type RowMeanInterval, rowMeanInterval } from './row-mean-interval.js';
import { correlationStatistic, fisherZStatistic } from './row-statistic.js';

/** Settings that all intervals over rows share. */
export interface IntervalSettings {
  /** For each column the name of its group (an item's battery). */
  readonly columnGroups: readonly string[];
  /** For each row the name of its group (a country's cultural zone), where rows of one group may be alike. */
  readonly rowGroups?: readonly string[];
  /** .95 by default. */
  readonly level?: number;
  readonly terms?: Terms;
  /** Agreement of two rows; Pearson's r by default. */
  readonly correlation?: SampleCorrelation;
}

/** The Fisher-z mean of r over rows with its interval. */
export interface MeanCorrelationInterval {
  /** Mean over Fisher's z, turned back into a correlation; null where undefined. */
  readonly mean: number | null;
  /** The interval of z, turned back; not symmetric about the mean. */
  readonly interval: Interval | null;
  /** r of each row; null where undefined. */
  readonly byRow: readonly (number | null)[];
  /** How many r were capped at .999. */
  readonly capped: number;
  /** The same in units of Fisher's z, with its variance, scope and counts. */
  readonly z: RowMeanInterval;
  /** Why there is no mean, or no interval; null when both are there. */
  readonly reason: string | null;
}

/**
 * The headline: r of every row (country) of `x` and `y` over the columns (items) that both have, its mean over Fisher's z,
 * and the interval mean ± t(g - 1) * sqrt(V_columns + V_rows) of {@link rowMeanInterval}.
 *
 * @throws InputError for matrices of different shape and for labels of another number
 */
export function meanCorrelationInterval(
  input: IntervalSettings & { readonly x: MaskedMatrix; readonly y: MaskedMatrix },
): MeanCorrelationInterval {
  const { x, y, correlation = pearson, ...settings } = input;
  const present = commonCells([x, y]);
  const r = correlationStatistic({ x, y, correlation });
  const byRow = r.of(present);
  const z = rowMeanInterval({
    ...settings,
    rows: x.rows,
    columns: x.columns,
    present,
    rowValues: fisherZStatistic(r),
  });
  return {
    mean: z.estimate === null ? null : correlationOfFisherZ(z.estimate),
    interval: z.interval === null ? null : intervalOfCorrelation(z.interval),
    byRow,
    capped: byRow.filter((value) => value !== null && Math.abs(value) > CORRELATION_CAP).length,
    z,
    reason: z.reason,
  };
}

function intervalOfCorrelation({ low, high, level }: Interval): Interval {
  return { low: correlationOfFisherZ(low), high: correlationOfFisherZ(high), level };
}
