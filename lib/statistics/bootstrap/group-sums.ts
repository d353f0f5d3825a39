import { centred } from '../centred.js';
import type { Grouping } from '../intervals/grouping.js';
import type { MaskedMatrix } from '../masked-matrix.js';

/** Sums over the columns of each group, from which r of any resample of whole groups follows. */
export interface GroupSums {
  readonly groups: number;
  readonly rows: number;
  readonly models: number;
  /**
   * features x groups, row-major, float32. Features of row c: 3c the number of columns, 3c + 1 the sum of x, 3c + 2 of
   * x^2; after those of all rows, 3(rows + rows * model + c) the sum of y, the next of y^2, the next of x y.
   */
  readonly features: Float32Array;
  readonly featureCount: number;
}

/** Place of the first feature of a row of people. */
export function rowFeature(row: number): number {
  return 3 * row;
}

/** Place of the first feature of a row of a model. */
export function modelFeature(rows: number, model: number, row: number): number {
  return 3 * (rows + rows * model + row);
}

/**
 * Sums by group, over the cells that are kept. Rows are centred and brought to length 1 in float64 before they are
 * squared, so that float32 loses no digits; a constant row stays 0.
 */
export function groupSums(input: {
  readonly x: MaskedMatrix;
  readonly models: readonly MaskedMatrix[];
  readonly kept: Uint8Array;
  readonly columnGroups: Grouping;
}): GroupSums {
  const { x, models, kept, columnGroups } = input;
  const groups = columnGroups.names.length;
  const featureCount = 3 * (x.rows + x.rows * models.length);
  const sums = new Float64Array(featureCount * groups);
  const add = (feature: number, group: number, amount: number) => {
    sums[feature * groups + group] = (sums[feature * groups + group] ?? 0) + amount;
  };
  for (let row = 0; row < x.rows; row += 1) {
    const columns = keptColumns(kept, row, x.columns);
    const a = unitRow(x, row, columns);
    const own = rowFeature(row);
    for (const [k, column] of columns.entries()) {
      const group = columnGroups.of[column] ?? 0;
      const value = a[k] ?? 0;
      add(own, group, 1);
      add(own + 1, group, value);
      add(own + 2, group, value * value);
    }
    for (const [place, model] of models.entries()) {
      const b = unitRow(model, row, columns);
      const feature = modelFeature(x.rows, place, row);
      for (const [k, column] of columns.entries()) {
        const group = columnGroups.of[column] ?? 0;
        const value = b[k] ?? 0;
        add(feature, group, value);
        add(feature + 1, group, value * value);
        add(feature + 2, group, value * (a[k] ?? 0));
      }
    }
  }
  return { groups, rows: x.rows, models: models.length, features: Float32Array.from(sums), featureCount };
}

/** Columns of a row that are kept, in order. */
export function keptColumns(kept: Uint8Array, row: number, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => column).filter(
    (column) => kept[row * columns + column] === 1,
  );
}

function unitRow(matrix: MaskedMatrix, row: number, columns: readonly number[]): Float64Array {
  const values = columns.map((column) => matrix.values[row * matrix.columns + column] ?? 0);
  const { deviations, norm, isConstant } = centred(values, 'groupBootstrap');
  return isConstant ? new Float64Array(columns.length) : deviations.map((value) => value / norm);
}
