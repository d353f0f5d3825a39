import { InputError } from '../files/input-error.js';
import { centred } from './centred.js';
import { FEWEST_PAIRS, pearson } from './correlation.js';
import type { MaskedMatrix } from './masked-matrix.js';
import type { MatrixBackend } from './matrix-backend.js';

/** Pearson r between every row of one matrix and every row of another. */
export interface CrossCorrelation {
  /** rows of `a` x rows of `b`; a cell is missing where r is undefined (fewer than three pairs, a constant row). */
  readonly r: MaskedMatrix;
  /** Pairs of values behind each cell, row-major. */
  readonly pairs: Int32Array;
  /** Cells that float32 could not settle and that were computed in float64. */
  readonly inFloat64: number;
}

/**
 * Below this share of a row's squares the columns that two rows have in common vary so little around their own mean
 * that subtracting it in float32 would lose the digits.
 */
const SAFE_SHARE = 0.25;

/**
 * Pearson r between every row of `a` and every row of `b`, over the columns that both rows have.
 *
 * One float32 matrix product on tfjs gives all the sums. Rows are centred and brought to length 1 in float64 before, so
 * r agrees with `pearson` within 1e-5; pairs of rows whose common columns differ a lot from the rows are computed in
 * float64 instead, and counted.
 *
 * @throws InputError when the matrices have different numbers of columns
 */
export async function crossCorrelation(
  a: MaskedMatrix,
  b: MaskedMatrix,
  options: { readonly backend: MatrixBackend },
): Promise<CrossCorrelation> {
  if (a.columns !== b.columns) {
    throw new InputError(
      `crossCorrelation needs matrices with equal numbers of columns, got ${a.columns} and ${b.columns}.`,
    );
  }
  const sums = await pairSums(a, b, options.backend);
  const values = new Float64Array(a.rows * b.rows);
  const present = new Uint8Array(a.rows * b.rows);
  const pairs = new Int32Array(a.rows * b.rows);
  let inFloat64 = 0;
  for (let i = 0; i < a.rows; i += 1) {
    for (let j = 0; j < b.rows; j += 1) {
      const place = i * b.rows + j;
      const n = Math.round(sums(2, 2, i, j));
      pairs[place] = n;
      if (n < FEWEST_PAIRS) {
        continue;
      }
      let r = correlationOfSums(n, (left, right) => sums(left, right, i, j));
      if (r === null) {
        inFloat64 += 1;
        r = pearsonOfRows(a, i, b, j);
      }
      if (r !== null) {
        values[place] = r;
        present[place] = 1;
      }
    }
  }
  return { r: { rows: a.rows, columns: b.rows, values, present }, pairs, inFloat64 };
}

/** Kinds of columns in the stacked matrix: 0 = values, 1 = squares, 2 = mask. */
type Block = 0 | 1 | 2;

/** Sum over common columns of block `left` of row i of `a` times block `right` of row j of `b`. */
type PairSums = (left: Block, right: Block, i: number, j: number) => number;

async function pairSums(a: MaskedMatrix, b: MaskedMatrix, backend: MatrixBackend): Promise<PairSums> {
  const rows = 3 * a.rows;
  const columns = 3 * b.rows;
  const result = await backend.product(stackBlocks(a), stackBlocks(b), { rows, inner: a.columns, columns });
  return (left, right, i, j) => result[(left * a.rows + i) * columns + right * b.rows + j] ?? 0;
}

/** Values, squares and mask below each other; a missing cell is 0 in all three, so it adds nothing to any sum. */
function stackBlocks(matrix: MaskedMatrix): Float32Array {
  const { rows, columns, present } = matrix;
  const stacked = new Float32Array(3 * rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const places = presentPlaces(matrix, row);
    const { deviations, norm, isConstant } = centred(
      places.map((place) => matrix.values[place] ?? 0),
      'crossCorrelation',
    );
    for (const [k, place] of places.entries()) {
      // A constant row stays 0: no sum of squares is then safe, and float64 decides.
      const value = isConstant ? 0 : (deviations[k] ?? 0) / norm;
      stacked[place] = value;
      stacked[rows * columns + place] = value * value;
      stacked[2 * rows * columns + place] = present[place] ?? 0;
    }
  }
  return stacked;
}

/** r from sums over the common columns, or null where float32 cannot be trusted with it. */
function correlationOfSums(n: number, sum: (left: Block, right: Block) => number): number | null {
  const squaresA = sum(1, 2);
  const squaresB = sum(2, 1);
  const variationA = squaresA - sum(0, 2) ** 2 / n;
  const variationB = squaresB - sum(2, 0) ** 2 / n;
  const safeA = variationA > SAFE_SHARE * squaresA && squaresA > Number.EPSILON;
  const safeB = variationB > SAFE_SHARE * squaresB && squaresB > Number.EPSILON;
  if (!safeA || !safeB) {
    return null;
  }
  const products = sum(0, 0) - (sum(0, 2) * sum(2, 0)) / n;
  return Math.min(1, Math.max(-1, products / Math.sqrt(variationA * variationB)));
}

function pearsonOfRows(a: MaskedMatrix, i: number, b: MaskedMatrix, j: number): number | null {
  const x: number[] = [];
  const y: number[] = [];
  for (let column = 0; column < a.columns; column += 1) {
    if (a.present[i * a.columns + column] === 1 && b.present[j * b.columns + column] === 1) {
      x.push(a.values[i * a.columns + column] ?? 0);
      y.push(b.values[j * b.columns + column] ?? 0);
    }
  }
  return pearson(x, y).r;
}

function presentPlaces(matrix: MaskedMatrix, row: number): number[] {
  const start = row * matrix.columns;
  return Array.from({ length: matrix.columns }, (_, column) => start + column).filter(
    (place) => matrix.present[place] === 1,
  );
}
