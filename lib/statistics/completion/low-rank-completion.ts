import { InputError } from '../../files/input-error.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import type { RandomGenerator } from '../random.js';
import { type Factors, factorProduct, refit } from './alternating-least-squares.js';

const MOST_RANK = 5;

/** Predicts held-out cells of human mean scores best, among .05 to 4, at every rank. */
const DEFAULT_RIDGE = 1;

/** A relative fall of the objective below this ends the iteration. */
const TOLERANCE = 1e-12;

const MOST_ITERATIONS = 2_000;

/** What a completion settled on. */
export interface LowRankCompletion {
  /** The fitted value of every cell, known or not; missing only in columns without any known cell. */
  readonly completed: MaskedMatrix;
  readonly rank: number;
  readonly ridge: number;
  readonly iterations: number;
  /** Whether the objective had stopped falling before the iterations ran out. */
  readonly converged: boolean;
  /** Root mean square difference between fitted and known cells, in their units; null without a known cell. */
  readonly residual: number | null;
}

/**
 * Completes a matrix (countries x items) from its known cells: column means plus a low-rank part,
 *
 *   cell(i, j) = mean of column j + sum_k u_ik v_jk,
 *
 * u and v minimising the squared error over the known cells + ridge x (|u|^2 + |v|^2), by alternating least squares from a
 * random start (Hastie, Mazumder, Lee and Zadeh 2015, Journal of Machine Learning Research 16, 3367-3402). A row without a
 * known cell gets the column means.
 *
 * @param input.rank from 1 to 5
 * @param input.ridge above 0, in the units of the cells: it lowers each singular value by about its amount. 1 by default
 * @param input.random decides the start; the result depends on it only where the objective has several minima
 * @throws InputError for a rank or a ridge outside these ranges
 */
export function lowRankCompletion(input: {
  readonly matrix: MaskedMatrix;
  readonly rank: number;
  readonly ridge?: number;
  readonly random: RandomGenerator;
}): LowRankCompletion {
  const { matrix, rank, ridge = DEFAULT_RIDGE, random } = input;
  if (!Number.isInteger(rank) || rank < 1 || rank > MOST_RANK || !(ridge > 0 && Number.isFinite(ridge))) {
    throw new InputError(
      `lowRankCompletion needs a rank from 1 to ${MOST_RANK} and a ridge above 0, got ${rank} and ${ridge}.`,
    );
  }
  const means = columnMeans(matrix);
  const deviations = matrix.values.map((value, cell) => value - (means[cell % matrix.columns] ?? 0));
  const target: MaskedMatrix = { ...matrix, values: deviations };
  const start = (count: number) => Float64Array.from({ length: count * rank }, () => random.uniform() - 0.5);
  const factors: Factors = { rank, ofRows: start(matrix.rows), ofColumns: start(matrix.columns) };
  let objective = Number.POSITIVE_INFINITY;
  let iterations = 0;
  let converged = false;
  let squares = 0;
  while (!converged && iterations < MOST_ITERATIONS) {
    const fit = refit(target, factors, ridge);
    iterations += 1;
    converged = objective - fit.objective <= TOLERANCE * fit.objective;
    objective = fit.objective;
    squares = fit.squares;
  }
  const known = matrix.present.reduce((sum, present) => sum + present, 0);
  return {
    completed: {
      rows: matrix.rows,
      columns: matrix.columns,
      values: deviations.map((_, cell) => {
        const column = cell % matrix.columns;
        return (means[column] ?? 0) + factorProduct(factors, Math.floor(cell / matrix.columns), column);
      }),
      present: matrix.present.map((_, cell) => ((means[cell % matrix.columns] ?? null) === null ? 0 : 1)),
    },
    rank,
    ridge,
    iterations,
    converged,
    residual: known === 0 ? null : Math.sqrt(squares / known),
  };
}

/** Mean of the known cells of each column; null without any. */
function columnMeans({ rows, columns, values, present }: MaskedMatrix): (number | null)[] {
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    let n = 0;
    for (let row = 0; row < rows; row += 1) {
      if (present[row * columns + column] === 1) {
        sum += values[row * columns + column] ?? 0;
        n += 1;
      }
    }
    return n === 0 ? null : sum / n;
  });
}
