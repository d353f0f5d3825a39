import type { MaskedMatrix } from '../masked-matrix.js';
import { correlationsWithoutGroups, isSummed } from './correlations-without-groups.js';
import type { Grouping } from './grouping.js';
import type { SampleCorrelation } from './row-correlations.js';
import type { WithoutGroups } from './two-way-interval.js';

/** What the mean of r within columns is computed from. */
export interface ColumnPair {
  readonly x: MaskedMatrix;
  readonly y: MaskedMatrix;
  /** rows x columns; only columns that have an r. */
  readonly present: Uint8Array;
  readonly correlation: SampleCorrelation;
  /** r of each column that is present; null elsewhere. */
  readonly r: readonly (number | null)[];
  readonly rowGroups: Grouping;
  readonly columnGroups: Grouping;
}

/**
 * The mean of r within columns without each group of columns, of rows, and of both at once, from r of each column with and without
 * each group of rows: leaving out a group of columns drops their r, leaving out cells of both changes r of these columns alone.
 *
 * @returns undefined for a correlation that cannot be had from sums
 */
export function columnMeansWithout(pair: ColumnPair): WithoutGroups | undefined {
  const { x, y, present, correlation, r, rowGroups, columnGroups } = pair;
  if (!isSummed(correlation)) {
    return undefined;
  }
  const turned = { x: transposed(x), y: transposed(y), kept: transposedMask(present, x), correlation };
  const withoutRows = correlationsWithoutGroups(turned, rowGroups);
  const left = cellsLeft(present, x, rowGroups);
  const columns = [...r.keys()].filter((column) => r[column] !== null);
  const inGroup = (column: number, group: number): boolean => columnGroups.of[column] === group;
  /** A column without any cell left has no r to average; one with cells and without r leaves the mean undefined. */
  const ofRows = (column: number, group: number): number | null | undefined =>
    left[group]?.[column] === 0 ? undefined : (withoutRows[group]?.[column] ?? null);
  return {
    columns: (group) => meanOf(columns.map((column) => (inGroup(column, group) ? undefined : r[column]))),
    rows: (group) => meanOf(columns.map((column) => ofRows(column, group))),
    both: (group) => {
      const rowGroup = Math.floor(group / columnGroups.names.length);
      const columnGroup = group % columnGroups.names.length;
      return meanOf(
        columns.map((column) => (inGroup(column, columnGroup) ? ofRows(column, rowGroup) : r[column])),
      );
    },
  };
}

/** Mean of what is not left out (undefined); null where something is undefined in its own right (null), and of nothing. */
function meanOf(values: readonly (number | null | undefined)[]): number | null {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (value === null) {
      return null;
    }
    if (value !== undefined) {
      sum += value;
      n += 1;
    }
  }
  return n === 0 ? null : sum / n;
}

/** For each group of rows and each column, the cells that remain without the group. */
function cellsLeft(present: Uint8Array, { rows, columns }: MaskedMatrix, rowGroups: Grouping): Int32Array[] {
  return rowGroups.names.map((_, group) => {
    const left = new Int32Array(columns);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns && rowGroups.of[row] !== group; column += 1) {
        left[column] = (left[column] ?? 0) + (present[row * columns + column] ?? 0);
      }
    }
    return left;
  });
}

function transposed(matrix: MaskedMatrix): MaskedMatrix {
  const { rows, columns, values, present } = matrix;
  const turned = Float64Array.from(
    values,
    (_, place) => values[(place % rows) * columns + Math.floor(place / rows)] ?? 0,
  );
  return { rows: columns, columns: rows, values: turned, present: transposedMask(present, matrix) };
}

function transposedMask(mask: Uint8Array, { rows, columns }: MaskedMatrix): Uint8Array {
  return Uint8Array.from(mask, (_, place) => mask[(place % rows) * columns + Math.floor(place / rows)] ?? 0);
}
