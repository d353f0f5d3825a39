import { InputError } from '../../files/input-error.js';
import { type Correlation, pearson } from '../correlation.js';
import type { MaskedMatrix } from '../masked-matrix.js';

/** A correlation of two samples (`pearson`, `spearman`, `concordance`). */
export type SampleCorrelation = (x: ArrayLike<number>, y: ArrayLike<number>) => Correlation;

/** Two matrices of equal shape, and which of their cells enter. */
export interface MatrixPair {
  readonly x: MaskedMatrix;
  readonly y: MaskedMatrix;
  /** rows x columns; 1 where both have a value and the cell is wanted. */
  readonly kept: Uint8Array;
  /** Pearson's by default. */
  readonly correlation?: SampleCorrelation;
}

/** For each row the correlation of x and y over the columns that are kept; null where it is undefined. */
export function rowCorrelations(pair: MatrixPair): (number | null)[] {
  const { rows, columns } = pair.x;
  return Array.from({ length: rows }, (_, row) => alongCells(pair, row * columns, 1, columns));
}

/** For each column the correlation of x and y over the rows that are kept; null where it is undefined. */
export function columnCorrelations(pair: MatrixPair): (number | null)[] {
  const { rows, columns } = pair.x;
  return Array.from({ length: columns }, (_, column) => alongCells(pair, column, columns, rows));
}

/** 1 in the cells that all matrices have. @throws InputError for matrices of different shape and for none */
export function commonCells(matrices: readonly MaskedMatrix[]): Uint8Array {
  const [first, ...others] = matrices;
  if (first === undefined) {
    throw new InputError('commonCells needs at least one matrix.');
  }
  const common = first.present.slice();
  for (const matrix of others) {
    if (matrix.rows !== first.rows || matrix.columns !== first.columns) {
      throw new InputError(
        `Matrices that are compared need the same shape, got ${first.rows} x ${first.columns} and ` +
          `${matrix.rows} x ${matrix.columns}.`,
      );
    }
    for (const [cell, present] of matrix.present.entries()) {
      common[cell] = present === 1 ? (common[cell] ?? 0) : 0;
    }
  }
  return common;
}

function alongCells(
  { x, y, kept, correlation = pearson }: MatrixPair,
  first: number,
  step: number,
  count: number,
) {
  const a = new Float64Array(count);
  const b = new Float64Array(count);
  const { values: left } = x;
  const { values: right } = y;
  let n = 0;
  for (let k = 0, cell = first; k < count; k += 1, cell += step) {
    if (kept[cell] === 1) {
      a[n] = left[cell] ?? 0;
      b[n] = right[cell] ?? 0;
      n += 1;
    }
  }
  return correlation(a.subarray(0, n), b.subarray(0, n)).r;
}
