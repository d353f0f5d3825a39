import { pearson } from '../correlation.js';
import { fisherZ } from '../fisher.js';
import { correlationsWithoutGroups, isSummed } from './correlations-without-groups.js';
import type { Grouping } from './grouping.js';
import { type MatrixPair, rowCorrelations } from './row-correlations.js';

/** A number for each row of a matrix; null where it is undefined. */
export type RowValues = readonly (number | null)[];

/** How a number for each row comes about from the cells of a matrix. */
export interface RowStatistic {
  /** From the cells that are kept (1). */
  readonly of: (kept: Uint8Array) => RowValues;
  /**
   * The same without each group of columns in turn, in the order of the groups: what `of` gives without their cells, but for
   * rounding, and much faster. Absent where there is no faster way.
   */
  readonly withoutEach?: (kept: Uint8Array, columnGroups: Grouping) => readonly RowValues[];
}

/** r of each row; Pearson's unless another correlation is given. */
export function correlationStatistic({
  x,
  y,
  correlation = pearson,
}: Omit<MatrixPair, 'kept'>): RowStatistic {
  const of = (kept: Uint8Array): RowValues => rowCorrelations({ x, y, kept, correlation });
  return isSummed(correlation)
    ? {
        of,
        withoutEach: (kept, groups) => correlationsWithoutGroups({ x, y, kept, correlation }, groups),
      }
    : { of };
}

/** Fisher's z of each value. */
export function fisherZStatistic(statistic: RowStatistic): RowStatistic {
  const z = (values: RowValues): RowValues => values.map((r) => (r === null ? null : fisherZ(r)));
  const { of, withoutEach } = statistic;
  return {
    of: (kept) => z(of(kept)),
    ...(withoutEach === undefined ? {} : { withoutEach: (kept, groups) => withoutEach(kept, groups).map(z) }),
  };
}

/** first - second, row by row; null where either is. */
export function differenceStatistic(first: RowStatistic, second: RowStatistic): RowStatistic {
  const subtract = (values: RowValues, subtracted: RowValues = []): RowValues =>
    values.map((value, row) => {
      const other = subtracted[row] ?? null;
      return value === null || other === null ? null : value - other;
    });
  const { withoutEach: one } = first;
  const { withoutEach: other } = second;
  return {
    of: (kept) => subtract(first.of(kept), second.of(kept)),
    ...(one === undefined || other === undefined
      ? {}
      : {
          withoutEach: (kept, groups) => {
            const subtracted = other(kept, groups);
            return one(kept, groups).map((values, group) => subtract(values, subtracted[group]));
          },
        }),
  };
}
