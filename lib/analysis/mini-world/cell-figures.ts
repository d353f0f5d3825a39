import { meanAbsoluteError } from '../../statistics/absolute-error.js';
import { FEWEST_PAIRS, uncentredCorrelation } from '../../statistics/correlation.js';
import { meanCorrelation } from '../../statistics/fisher.js';
import {
  columnCorrelations,
  commonCells,
  rowCorrelations,
} from '../../statistics/intervals/row-correlations.js';
import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import { partContrast } from '../../statistics/part-contrast.js';
import { mean } from '../../statistics/spread.js';
import { deviationsFrom, type Side } from './side.js';

/** r across fewer countries than this says little about an item. */
export const FEWEST_COUNTRIES = 5;

/** How two sides agree on a part of the cells; null where undefined, for the reason given. */
export interface CellFigures {
  /** Fisher-z mean over countries of Pearson's r over items. */
  readonly r: number | null;
  /** Fisher-z mean over countries of deviation r, deviations on both sides being from the item means of the first. */
  readonly deviationR: number | null;
  /** Plain mean over items of r across countries. */
  readonly withinItems: number | null;
  /** Mean over countries of the mean absolute difference of mean scores, from 0 to 2. */
  readonly meanAbsoluteError: number | null;
  /** Mean over countries of the mean probability on the options; null where the second side is no model. */
  readonly optionMass: number | null;
  /** Plain mean of r over Western countries minus that over the others. */
  readonly lean: number | null;
  /** The same of deviation r. */
  readonly deviationLean: number | null;
  /** Cells that both sides have. */
  readonly cells: number;
  /** Countries with an r, and those left out because they have fewer than three cells here or the same score in all. */
  readonly countries: number;
  readonly countriesLeftOut: number;
  /** Items with an r across countries, and those left out because they have fewer than five countries here or no spread. */
  readonly items: number;
  readonly itemsLeftOut: number;
  /** Why there is no r; null when there is one. */
  readonly reason: string | null;
}

/** What figures are computed from. */
export interface FiguresInput {
  /** What is compared with: people, or a text. */
  readonly x: Side;
  /** Mean scores of a model (or of a text, beside people). */
  readonly y: MaskedMatrix;
  /** 1 in the cells that count. */
  readonly cells: Uint8Array;
  /** For each country whether it is Western. */
  readonly western: readonly boolean[];
  readonly optionMass?: MaskedMatrix;
}

/**
 * The figures of two sides on a part of the cells. Countries with fewer than three cells in the part, and items with fewer
 * than five countries, are left out and counted.
 */
export function cellFigures({ x, y, cells, western, optionMass }: FiguresInput): CellFigures {
  const chosen: MaskedMatrix = { ...x.scores, present: cells };
  const kept = commonCells([chosen, x.scores, y]);
  const r = rowCorrelations({ x: x.scores, y, kept });
  const deviations = { x: deviationsFrom(x, x.scores), y: deviationsFrom(x, y) };
  const deviationR = rowCorrelations({
    ...deviations,
    kept: commonCells([chosen, deviations.x, deviations.y]),
    correlation: uncentredCorrelation,
  });
  const { rows, columns } = x.scores;
  const inRow = countsAlong(kept, rows, (cell) => Math.floor(cell / columns));
  const inColumn = countsAlong(kept, columns, (cell) => cell % columns);
  const within = columnCorrelations({
    x: x.scores,
    y,
    kept: kept.map((cell, place) => ((inColumn[place % columns] ?? 0) < FEWEST_COUNTRIES ? 0 : cell)),
  });
  const defined = r.filter((one) => one !== null).length;
  const items = within.filter((one) => one !== null).length;
  return {
    r: meanCorrelation(r).mean,
    deviationR: meanCorrelation(deviationR).mean,
    withinItems: mean(within.flatMap((one) => one ?? [])),
    meanAbsoluteError: meanOverCountries(inRow, (c) => errorOf(x.scores, y, kept, c)),
    optionMass:
      optionMass === undefined ? null : meanOverCountries(inRow, (c) => massOf(optionMass, kept, c)),
    lean: partContrast(r, western),
    deviationLean: partContrast(deviationR, western),
    cells: inRow.reduce((sum, n) => sum + n, 0),
    countries: defined,
    countriesLeftOut: inRow.filter((n) => n > 0).length - defined,
    items,
    itemsLeftOut: inColumn.filter((n) => n > 0).length - items,
    reason: defined > 0 ? null : whyNone(inRow),
  };
}

function whyNone(inRow: readonly number[]): string {
  return inRow.every((n) => n === 0)
    ? 'no cell that both sides have'
    : `no country with ${FEWEST_PAIRS} cells or more and a spread of scores on both sides`;
}

function countsAlong(kept: Uint8Array, lines: number, lineOf: (cell: number) => number): number[] {
  const counts = new Array<number>(lines).fill(0);
  for (const [cell, one] of kept.entries()) {
    counts[lineOf(cell)] = (counts[lineOf(cell)] ?? 0) + one;
  }
  return counts;
}

/** Mean over the countries that have enough cells for an r. */
function meanOverCountries(
  inRow: readonly number[],
  numberOf: (country: number) => number | null,
): number | null {
  return mean(inRow.flatMap((n, c) => (n < FEWEST_PAIRS ? [] : (numberOf(c) ?? []))));
}

function errorOf(x: MaskedMatrix, y: MaskedMatrix, kept: Uint8Array, country: number): number | null {
  return meanAbsoluteError(valuesOf(x, kept, country), valuesOf(y, kept, country)).error;
}

function massOf(mass: MaskedMatrix, kept: Uint8Array, country: number): number | null {
  return mean(valuesOf(mass, kept, country));
}

function valuesOf({ values, columns }: MaskedMatrix, kept: Uint8Array, row: number): number[] {
  return Array.from(values.subarray(row * columns, (row + 1) * columns)).filter(
    (_, i) => kept[row * columns + i] === 1,
  );
}
