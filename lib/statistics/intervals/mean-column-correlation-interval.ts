import { pearson } from '../correlation.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import { columnMeansWithout } from './column-means-without.js';
import { groupingOf } from './grouping.js';
import type { Terms } from './interval-rules.js';
import { columnCorrelations, commonCells, type SampleCorrelation } from './row-correlations.js';
import { type TwoWayInterval, twoWayInterval } from './two-way-interval.js';

/** The mean of r within columns with its interval. */
export interface MeanColumnCorrelation extends TwoWayInterval {
  /** r of each column; null where undefined. */
  readonly byColumn: readonly (number | null)[];
}

/**
 * r of every column (item) of `x` and `y` over the rows (countries) that both have, and the plain mean of these with the
 * interval of {@link twoWayInterval}: rows depend on each other in groups (cultural zones), columns in groups (batteries).
 * In units of r, not of Fisher's z: few independent groups of rows make the mean of z too large.
 *
 * @throws InputError for matrices of different shape, labels of another number or a level outside (0, 1)
 */
export function meanColumnCorrelationInterval(input: {
  readonly x: MaskedMatrix;
  readonly y: MaskedMatrix;
  readonly rowGroups: readonly string[];
  readonly columnGroups: readonly string[];
  readonly level?: number;
  readonly terms?: Terms;
  /** Agreement of two columns; Pearson's r by default. */
  readonly correlation?: SampleCorrelation;
}): MeanColumnCorrelation {
  const { x, y, correlation = pearson, ...settings } = input;
  const common = commonCells([x, y]);
  const byColumn = columnCorrelations({ x, y, kept: common, correlation });
  const present = common.map((cell, place) => (byColumn[place % x.columns] === null ? 0 : cell));
  const statistic = (kept: Uint8Array) =>
    meanOfKept(columnCorrelations({ x, y, kept, correlation }), kept, x.columns);
  const without = columnMeansWithout({
    ...{ x, y, present, correlation, r: byColumn },
    rowGroups: groupingOf(input.rowGroups),
    columnGroups: groupingOf(input.columnGroups),
  });
  return { ...twoWayInterval({ ...settings, present, statistic, without }), byColumn };
}

/** Mean over the columns that have a cell left; null without such a column and where one of them has no r. */
function meanOfKept(r: readonly (number | null)[], kept: Uint8Array, columns: number): number | null {
  const hasCells = new Uint8Array(columns);
  for (const [cell, isKept] of kept.entries()) {
    if (isKept === 1) {
      hasCells[cell % columns] = 1;
    }
  }
  const wanted = r.filter((_, column) => hasCells[column] === 1);
  const defined = wanted.filter((value) => value !== null);
  return wanted.length === 0 || defined.length < wanted.length
    ? null
    : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
