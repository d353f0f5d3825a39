import { normOf } from '../centred.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import { solvePositiveDefinite } from './solve-positive-definite.js';

/** The two factors of a low-rank matrix, each row-major. They are changed in place while they are fitted. */
export interface Factors {
  readonly rank: number;
  /** rows x rank. */
  readonly ofRows: Float64Array;
  /** columns x rank. */
  readonly ofColumns: Float64Array;
}

/** How well factors fit. */
export interface Fit {
  /** Sum of squared differences over the known cells. */
  readonly squares: number;
  /** The same plus ridge x the squares of all factors: what each half-step lowers. */
  readonly objective: number;
}

/** One cell of the low-rank matrix. */
export function factorProduct({ rank, ofRows, ofColumns }: Factors, row: number, column: number): number {
  let sum = 0;
  for (let k = 0; k < rank; k += 1) {
    sum += (ofRows[row * rank + k] ?? 0) * (ofColumns[column * rank + k] ?? 0);
  }
  return sum;
}

/**
 * One round of alternating least squares: the rows' factors given the columns', then the other way round. Each pair of
 * factors is brought to equal length first: their product stays, the penalty falls, and far fewer rounds are needed.
 */
export function refit(target: MaskedMatrix, factors: Factors, ridge: number): Fit {
  const { rows, columns } = target;
  const { rank, ofRows, ofColumns } = factors;
  balance(factors);
  for (let row = 0; row < rows; row += 1) {
    const cells = knownPlaces(target, { first: row * columns, step: 1, count: columns });
    ofRows.set(ridgeRegression(target, { cells, ridge, factors: ofColumns, rank }), row * rank);
  }
  for (let column = 0; column < columns; column += 1) {
    const cells = knownPlaces(target, { first: column, step: columns, count: rows });
    ofColumns.set(ridgeRegression(target, { cells, ridge, factors: ofRows, rank }), column * rank);
  }
  let squares = 0;
  for (let cell = 0; cell < target.values.length; cell += 1) {
    if (target.present[cell] === 1) {
      const fitted = factorProduct(factors, Math.floor(cell / columns), cell % columns);
      squares += ((target.values[cell] ?? 0) - fitted) ** 2;
    }
  }
  const penalty = [ofRows, ofColumns].reduce((sum, factor) => sum + factor.reduce((s, v) => s + v * v, 0), 0);
  return { squares, objective: squares + ridge * penalty };
}

function balance({ rank, ofRows, ofColumns }: Factors): void {
  for (let k = 0; k < rank; k += 1) {
    const rowsNorm = normOf(ofRows.filter((_, place) => place % rank === k));
    const columnsNorm = normOf(ofColumns.filter((_, place) => place % rank === k));
    if (rowsNorm > 0 && columnsNorm > 0) {
      const scale = Math.sqrt(columnsNorm / rowsNorm);
      for (let place = k; place < ofRows.length; place += rank) {
        ofRows[place] = (ofRows[place] ?? 0) * scale;
      }
      for (let place = k; place < ofColumns.length; place += rank) {
        ofColumns[place] = (ofColumns[place] ?? 0) / scale;
      }
    }
  }
}

/** A known cell and the row of the other side's factors that belongs to it. */
interface KnownPlace {
  readonly cell: number;
  readonly other: number;
}

function knownPlaces(
  target: MaskedMatrix,
  line: { readonly first: number; readonly step: number; readonly count: number },
): KnownPlace[] {
  return Array.from({ length: line.count }, (_, other) => ({
    cell: line.first + other * line.step,
    other,
  })).filter(({ cell }) => target.present[cell] === 1);
}

/** The factor of one line of the matrix: least squares on the other side's factors, with ridge. */
function ridgeRegression(
  target: MaskedMatrix,
  on: {
    readonly cells: readonly KnownPlace[];
    readonly ridge: number;
    readonly factors: Float64Array;
    readonly rank: number;
  },
): Float64Array {
  const { cells, ridge, factors, rank } = on;
  const gram = new Float64Array(rank * rank);
  const products = new Float64Array(rank);
  for (let k = 0; k < rank; k += 1) {
    gram[k * rank + k] = ridge;
  }
  for (const { cell, other } of cells) {
    for (let k = 0; k < rank; k += 1) {
      const factor = factors[other * rank + k] ?? 0;
      products[k] = (products[k] ?? 0) + factor * (target.values[cell] ?? 0);
      for (let m = 0; m <= k; m += 1) {
        gram[k * rank + m] = (gram[k * rank + m] ?? 0) + factor * (factors[other * rank + m] ?? 0);
      }
    }
  }
  return solvePositiveDefinite(gram, products);
}
