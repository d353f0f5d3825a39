import { rowMeanInterval } from '../statistics/intervals/row-mean-interval.js';
import { differenceStatistic } from '../statistics/intervals/row-statistic.js';
import { partContrast } from '../statistics/part-contrast.js';
import { mean } from '../statistics/spread.js';
import type { GridPart } from './grid-matrix.js';
import { columnGroups, overRows } from './mean-interval.js';
import type { Pair } from './paired-cells.js';
import type { PairedEstimate } from './paired-record.js';
import type { PairedStatistics } from './paired-statistics.js';

/** What an estimate is about; all countries and items by default. */
export interface EstimateChoice extends GridPart {
  readonly unit?: 'battery' | 'item';
  /** Marks the countries whose mean the others' is taken from. */
  readonly firstPart?: readonly boolean[];
}

/** The mean over countries of both models, and second minus first with its interval. */
export function pairedEstimate(
  id: string,
  { first: grid }: Pair,
  { present: cells, first, second }: PairedStatistics,
  { items = () => true, unit = 'battery', firstPart }: EstimateChoice = {},
): PairedEstimate {
  const chosen = grid.items.filter(items);
  const found = rowMeanInterval({
    rows: grid.countries.length,
    columns: chosen.length,
    present: cells,
    columnGroups: columnGroups(chosen, unit),
    rowGroups: grid.countries.map((country) => country.culturalZone),
    rowValues: differenceStatistic(second, first),
    terms: { rows: 'countries', columnGroups: unit === 'battery' ? 'batteries' : 'items' },
    ...(firstPart === undefined ? {} : { firstPart }),
  });
  const others = second.of(cells);
  const defined = first.of(cells).map((a, row) => {
    const b = others[row] ?? null;
    return a === null || b === null ? { a: null, b: null } : { a, b };
  });
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
  return firstPart === undefined
    ? mean(values.flatMap((value) => value ?? []))
    : partContrast(values, firstPart);
}
