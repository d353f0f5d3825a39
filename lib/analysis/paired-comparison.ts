import { InputError } from '../files/input-error.js';
import { pearson } from '../statistics/correlation.js';
import {
  commonCells,
  rowCorrelations,
  type SampleCorrelation,
} from '../statistics/intervals/row-correlations.js';
import { type RowStatistic, rowMeanInterval } from '../statistics/intervals/row-mean-interval.js';
import type { MaskedMatrix } from '../statistics/masked-matrix.js';
import { mean } from '../statistics/spread.js';
import type { Category, CellScore, Item } from '../types.js';
import { type GridPart, gridMatrix } from './grid-matrix.js';
import { columnGroups, deviation, overRows, uncentred } from './mean-interval.js';
import type { PairedCells, PairedComparison, PairedEstimate } from './paired-record.js';
import { type AgreementInput, type ScoreGrid, scoreGrid } from './score-grid.js';
import { deviationReferences } from './unit-correlations.js';

/** A model and its scores for one wording. */
export interface PairedModel {
  readonly name: string;
  readonly cells: readonly CellScore[];
}

/** What two models are compared on. */
export interface PairedInput extends Omit<AgreementInput, 'model' | 'cells'> {
  readonly first: PairedModel;
  readonly second: PairedModel;
  readonly categories: readonly Category[];
}

/**
 * Compares two models on the cells that people and both of them answered: r, deviation r, the Western lean, option mass,
 * and r of each category, each as second minus first with its interval.
 *
 * @throws InputError when the models answered different items, and for scores that `scoreGrid` refuses
 */
export function pairedComparison(input: PairedInput): PairedComparison {
  requireSameItems(input);
  const first = scoreGrid({ ...input, model: input.first.name, cells: input.first.cells });
  const second = scoreGrid({ ...input, model: input.second.name, cells: input.second.cells });
  const pair = { first, second };
  const reference = deviationReferences(first, 'all-countries');
  const deviations = (grid: ScoreGrid, side: 'human' | 'model'): MaskedMatrix =>
    gridMatrix(grid, {}, (cell, { country, item }) => deviation(cell[side], reference[country]?.[item]));
  const western = first.countries.map((country) => country.western);
  return {
    first: input.first.name,
    second: input.second.name,
    claim: 'these two models',
    cells: countPaired(pair),
    estimates: [
      correlationEstimate('r', pair, {}),
      estimate('deviation r', pair, {
        present: present(pair, {}),
        ...statistics(
          deviations(first, 'human'),
          [deviations(first, 'model'), deviations(second, 'model')],
          uncentred,
        ),
      }),
      correlationEstimate('West minus others', pair, { firstPart: western }),
      estimate('option mass', pair, massStatistics(pair)),
    ],
    byCategory: input.categories.flatMap(({ id }) => {
      const items = (item: Item): boolean => item.category === id;
      return first.items.some(items) ? [correlationEstimate(id, pair, { items, unit: 'item' })] : [];
    }),
  };
}

interface Pair {
  readonly first: ScoreGrid;
  readonly second: ScoreGrid;
}

interface Statistics {
  readonly present: Uint8Array;
  readonly first: RowStatistic;
  readonly second: RowStatistic;
}

interface EstimateChoice extends GridPart {
  readonly unit?: 'battery' | 'item';
  /** Marks the countries whose mean the others' is taken from. */
  readonly firstPart?: readonly boolean[];
}

function correlationEstimate(id: string, pair: Pair, choice: EstimateChoice): PairedEstimate {
  const people = gridMatrix(pair.first, choice, (cell) => cell.human);
  const models = [pair.first, pair.second].map((grid) => gridMatrix(grid, choice, (cell) => cell.model));
  return estimate(
    id,
    pair,
    {
      present: present(pair, choice),
      ...statistics(people, models as [MaskedMatrix, MaskedMatrix], pearson),
    },
    choice,
  );
}

function statistics(
  x: MaskedMatrix,
  [first, second]: readonly [MaskedMatrix, MaskedMatrix],
  correlation: SampleCorrelation,
): Omit<Statistics, 'present'> {
  return {
    first: (kept) => rowCorrelations({ x, y: first, kept, correlation }),
    second: (kept) => rowCorrelations({ x, y: second, kept, correlation }),
  };
}

function massStatistics(pair: Pair): Statistics {
  const [first, second] = [pair.first, pair.second].map((grid) => {
    const masses = new Map(grid.scored.map((cell) => [`${cell.variable} ${cell.country}`, cell.optionMass]));
    return gridMatrix(grid, {}, ({ human }, { country, item }) =>
      human === null
        ? null
        : (masses.get(`${grid.items[item]?.variable} ${grid.countries[country]?.iso3}`) ?? null),
    );
  }) as [MaskedMatrix, MaskedMatrix];
  return { present: commonCells([first, second]), first: rowMeans(first), second: rowMeans(second) };
}

function rowMeans({ rows, columns, values }: MaskedMatrix): RowStatistic {
  return (kept) =>
    Array.from({ length: rows }, (_, row) =>
      mean(
        Array.from(values.subarray(row * columns, (row + 1) * columns)).filter(
          (_, i) => kept[row * columns + i] === 1,
        ),
      ),
    );
}

function estimate(
  id: string,
  { first: grid }: Pair,
  { present: cells, first, second }: Statistics,
  { items = () => true, unit = 'battery', firstPart }: EstimateChoice = {},
): PairedEstimate {
  const chosen = grid.items.filter(items);
  const both = (kept: Uint8Array): { a: number | null; b: number | null }[] => {
    const [a, b] = [first(kept), second(kept)];
    return a.map((value, row) => ({ a: value, b: b[row] ?? null }));
  };
  const found = rowMeanInterval({
    rows: grid.countries.length,
    columns: chosen.length,
    present: cells,
    columnGroups: columnGroups(chosen, unit),
    rowValues: (kept) => both(kept).map(({ a, b }) => (a === null || b === null ? null : b - a)),
    terms: { rows: 'countries', columnGroups: unit === 'battery' ? 'batteries' : 'items' },
    ...(firstPart === undefined ? {} : { firstPart }),
  });
  const defined = both(cells).map(({ a, b }) => (a === null || b === null ? { a: null, b: null } : { a, b }));
  return {
    id,
    first: contrast(
      defined.map(({ a }) => a),
      firstPart,
    ),
    second: contrast(
      defined.map(({ b }) => b),
      firstPart,
    ),
    difference: found.estimate,
    interval: overRows(found.interval, found, unit),
    items: chosen.length,
    countries: found.rows,
    reason: found.estimate === null ? found.reason : null,
  };
}

/** Plain mean, or mean of the marked rows minus mean of the others. */
function contrast(
  values: readonly (number | null)[],
  firstPart: readonly boolean[] | undefined,
): number | null {
  const part = (wanted: boolean): number | null =>
    mean(
      values.flatMap((value, row) =>
        value !== null && (firstPart?.[row] ?? true) === wanted ? [value] : [],
      ),
    );
  const first = part(true);
  if (firstPart === undefined) {
    return first;
  }
  const others = part(false);
  return first === null || others === null ? null : first - others;
}

function present(pair: Pair, part: GridPart): Uint8Array {
  const sides = [pair.first, pair.second].map((grid) =>
    gridMatrix(grid, part, (cell) => (cell.human === null ? null : cell.model)),
  );
  return commonCells(sides);
}

function countPaired({ first, second }: Pair): PairedCells {
  const counts = { common: 0, onlyFirst: 0, onlySecond: 0, neither: 0, withoutHumanAnswer: 0 };
  for (const [c, row] of first.rows.entries()) {
    for (const [i, { human, model }] of row.entries()) {
      const other = second.rows[c]?.[i]?.model ?? null;
      counts[kindOf({ human, model, other })] += 1;
    }
  }
  return counts;
}

function kindOf(cell: {
  human: number | null;
  model: number | null;
  other: number | null;
}): keyof PairedCells {
  if (cell.human === null) {
    return 'withoutHumanAnswer';
  }
  if (cell.model === null) {
    return cell.other === null ? 'neither' : 'onlySecond';
  }
  return cell.other === null ? 'onlyFirst' : 'common';
}

function requireSameItems({ first, second }: PairedInput): void {
  const asked = (model: PairedModel): Set<string> => new Set(model.cells.map((cell) => cell.variable));
  const [a, b] = [asked(first), asked(second)];
  const only = (one: Set<string>, other: Set<string>): string[] =>
    [...one].filter((item) => !other.has(item));
  const differences = [
    { name: first.name, items: only(a, b) },
    { name: second.name, items: only(b, a) },
  ].filter(({ items }) => items.length > 0);
  if (differences.length > 0) {
    const listed = differences.map(({ name, items }) => `only ${name}: ${items.join(', ')}`).join('; ');
    throw new InputError(
      `Comparing ${first.name} and ${second.name}: they were asked different items (${listed}). Expected the same items ` +
        'for both. Probe both with the same --items.',
    );
  }
}
