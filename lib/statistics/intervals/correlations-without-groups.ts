import { isSafeToSquare } from '../centred.js';
import { FEWEST_PAIRS, pearson, uncentredCorrelation } from '../correlation.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import type { Grouping } from './grouping.js';
import type { SampleCorrelation } from './row-correlations.js';

/** A sum of squares may shrink to this share of that of all columns before sums are no longer trusted with it. */
const SAFE_SHARE = 1e-4;

/** A row whose values differ by less than this share of their mean is left to the exact way: it may be constant. */
const LEAST_SPREAD = 1e-8;

/** Sums of one row over some columns: n, x, y, x², y², xy. */
const SUMS = 6;

/** The correlations that can be had from sums. */
export type SummedCorrelation = typeof pearson | typeof uncentredCorrelation;

/** Two matrices of one shape, which of their cells enter, and what is made of them. */
export interface SummedPair {
  readonly x: MaskedMatrix;
  readonly y: MaskedMatrix;
  readonly kept: Uint8Array;
  readonly correlation: SummedCorrelation;
}

/** Whether {@link correlationsWithoutGroups} knows a correlation. */
export function isSummed(correlation: SampleCorrelation): correlation is SummedCorrelation {
  return correlation === pearson || correlation === uncentredCorrelation;
}

/**
 * The correlation of each row without each group of columns in turn, from sums: the row is summed group by group (for
 * Pearson's r about its means) and a group is left out by subtraction. Where that would lose digits, because little
 * variation is left, it is computed from the cells.
 *
 * @param groups of the columns
 * @returns for each group, the value of each row; null for fewer than three pairs and where a side is constant
 */
export function correlationsWithoutGroups(pair: SummedPair, groups: Grouping): (number | null)[][] {
  const { rows, columns } = pair.x;
  const found = groups.names.map((): (number | null)[] => []);
  for (let row = 0; row < rows; row += 1) {
    const cells = keptCells(pair.kept, row, columns);
    const centre = centreOf(pair, cells);
    const sums = sumsByGroup(pair, cells, { groups, centre });
    const whole = totals(sums);
    const spreadOut = [whole[3], whole[4]].every(
      (squares = 0, side) =>
        isSafeToSquare(Math.sqrt(squares)) &&
        squares > cells.length * (LEAST_SPREAD * (centre[side] ?? 0)) ** 2,
    );
    for (const [group, values] of found.entries()) {
      const left = whole.map((total, place) => total - (sums[group * SUMS + place] ?? 0));
      const r = spreadOut ? fromSums(left, whole) : null;
      values.push(
        r ??
          fromCells(
            pair,
            cells.filter((cell) => groups.of[cell % columns] !== group),
          ),
      );
    }
  }
  return found;
}

function keptCells(kept: Uint8Array, row: number, columns: number): number[] {
  const cells: number[] = [];
  for (let cell = row * columns; cell < (row + 1) * columns; cell += 1) {
    if (kept[cell] === 1) {
      cells.push(cell);
    }
  }
  return cells;
}

/** What values are taken about: their means, or 0. */
function centreOf({ x, y, correlation }: SummedPair, cells: readonly number[]): readonly [number, number] {
  const mean = (side: Float64Array): number =>
    cells.reduce((sum, cell) => sum + (side[cell] ?? 0), 0) / Math.max(1, cells.length);
  return correlation === pearson ? [mean(x.values), mean(y.values)] : [0, 0];
}

function sumsByGroup(
  { x, y, correlation }: SummedPair,
  cells: readonly number[],
  { groups, centre }: { readonly groups: Grouping; readonly centre: readonly [number, number] },
): Float64Array {
  const sums = new Float64Array(groups.names.length * SUMS);
  for (const cell of cells) {
    const at = (groups.of[cell % x.columns] ?? 0) * SUMS;
    const a = (x.values[cell] ?? 0) - centre[0];
    const b = (y.values[cell] ?? 0) - centre[1];
    // What is not centred has no mean to take away later either.
    const [linearA, linearB] = correlation === pearson ? [a, b] : [0, 0];
    for (const [place, term] of [1, linearA, linearB, a * a, b * b, a * b].entries()) {
      sums[at + place] = (sums[at + place] ?? 0) + term;
    }
  }
  return sums;
}

function totals(sums: Float64Array): number[] {
  const whole = new Array<number>(SUMS).fill(0);
  for (const [place, sum] of sums.entries()) {
    whole[place % SUMS] = (whole[place % SUMS] ?? 0) + sum;
  }
  return whole;
}

/** Null where the correlation has to be computed from the cells. */
function fromSums(
  [n = 0, sumX = 0, sumY = 0, squaresX = 0, squaresY = 0, products = 0]: readonly number[],
  [, , , wholeX = 0, wholeY = 0]: readonly number[],
): number | null {
  if (n < FEWEST_PAIRS) {
    return null;
  }
  const variationX = squaresX - (sumX * sumX) / n;
  const variationY = squaresY - (sumY * sumY) / n;
  if (!(variationX > SAFE_SHARE * wholeX && variationY > SAFE_SHARE * wholeY)) {
    return null;
  }
  const r = (products - (sumX * sumY) / n) / Math.sqrt(variationX) / Math.sqrt(variationY);
  return Math.min(1, Math.max(-1, r));
}

function fromCells({ x, y, correlation }: SummedPair, cells: readonly number[]): number | null {
  const take = ({ values }: MaskedMatrix): Float64Array =>
    Float64Array.from(cells, (cell) => values[cell] ?? 0);
  return correlation(take(x), take(y)).r;
}
