import { InputError } from '../files/input-error.js';

/** A matrix in row-major order in which cells may be missing. */
export interface MaskedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** rows x columns finite numbers; what stands in a missing cell is never read. */
  readonly values: Float64Array;
  /** rows x columns; 1 where there is a value, 0 where it is missing. */
  readonly present: Uint8Array;
}

/** A matrix from rows of numbers; null marks a missing cell. @throws InputError for ragged rows and non-finite numbers */
export function maskedMatrix(rows: readonly (readonly (number | null)[])[]): MaskedMatrix {
  const columns = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * columns);
  const present = new Uint8Array(rows.length * columns);
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new InputError(
        `maskedMatrix needs rows of equal length, row ${i} has ${row.length} values and row 0 has ${columns}.`,
      );
    }
    for (const [j, value] of row.entries()) {
      if (value === null) {
        continue;
      }
      if (!Number.isFinite(value)) {
        throw new InputError(
          `maskedMatrix needs finite numbers or null, found ${value} in row ${i}, column ${j}.`,
        );
      }
      values[i * columns + j] = value;
      present[i * columns + j] = 1;
    }
  }
  return { rows: rows.length, columns, values, present };
}

/** One cell; null where it is missing. @throws InputError outside the matrix */
export function cellAt(matrix: MaskedMatrix, row: number, column: number): number | null {
  const inside = row >= 0 && row < matrix.rows && column >= 0 && column < matrix.columns;
  const place = row * matrix.columns + column;
  const value = matrix.values[place];
  if (!inside || value === undefined) {
    throw new InputError(
      `cellAt needs a place inside ${matrix.rows} x ${matrix.columns}, got row ${row}, column ${column}.`,
    );
  }
  return matrix.present[place] === 1 ? value : null;
}
