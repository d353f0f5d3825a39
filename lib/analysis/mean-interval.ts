import { uncentredCorrelation } from '../statistics/correlation.js';
import { leanInterval } from '../statistics/intervals/difference-intervals.js';
import type { Terms } from '../statistics/intervals/interval-rules.js';
import { meanColumnCorrelationInterval } from '../statistics/intervals/mean-column-correlation-interval.js';
import { meanCorrelationInterval } from '../statistics/intervals/mean-correlation-interval.js';
import type { RowMeanInterval } from '../statistics/intervals/row-mean-interval.js';
import type { MaskedMatrix } from '../statistics/masked-matrix.js';
import { DEFAULT_LEVEL, type Interval } from '../statistics/student-t.js';
import type { Item } from '../types.js';
import type { MeanInterval } from './agreement-record.js';
import { deviation } from './deviation.js';
import { type GridPart, gridMatrix } from './grid-matrix.js';
import type { ScoreGrid } from './score-grid.js';

/** The part of a grid that an interval is about; all of it by default. */
export interface IntervalPart extends GridPart {
  /** What is left out as a whole, because its members hang together; items inside a category, else batteries. */
  readonly unit?: MeanInterval['unit'];
}

/** For each country the item means that deviations are from; null where an item has none. */
export type Reference = readonly (readonly (number | null)[])[];

const UNITS: Readonly<Record<MeanInterval['unit'], string>> = { battery: 'batteries', item: 'items' };

/** Interval of the Fisher-z mean of r over the countries of a part. */
export function meanRInterval(grid: ScoreGrid, part: IntervalPart = {}): MeanInterval {
  const { unit = 'battery', countries = () => true } = part;
  if (!grid.countries.some(countries)) {
    return noInterval('no countries to average over', unit);
  }
  const { interval, z } = meanCorrelationInterval(sidesOf(grid, part));
  return overRows(interval, z, unit);
}

/** Interval of the Fisher-z mean of deviation r over countries. */
export function deviationInterval(grid: ScoreGrid, reference: Reference): MeanInterval {
  const { x, y, ...settings } = sidesOf(grid, {}, reference);
  const { interval, z } = meanCorrelationInterval({ ...settings, x, y, correlation: uncentredCorrelation });
  return overRows(interval, z, 'battery');
}

/** Interval of the difference of plain means of r, Western countries minus others. */
export function westernLeanInterval(grid: ScoreGrid): MeanInterval {
  const firstPart = grid.countries.map((country) => country.western);
  const lean = leanInterval({ ...sidesOf(grid, {}), firstPart });
  return overRows(lean.interval, lean, 'battery');
}

/**
 * Interval of the *plain* mean of r within items. Countries of one cultural zone and items of one battery may depend on
 * each other.
 */
export function withinItemsInterval(grid: ScoreGrid): MeanInterval {
  const { x, y, columnGroups, rowGroups } = sidesOf(grid, {});
  const terms = { rowGroups: 'cultural zones', columnGroups: UNITS.battery };
  const found = meanColumnCorrelationInterval({ x, y, rowGroups, columnGroups, terms });
  return {
    ...bounds(found.interval),
    uncertainty: found.interval === null ? null : 'other-items-and-countries',
    unit: 'battery',
    units: found.columnGroups,
    zones: found.interval === null ? null : found.rowGroups,
    whyCountriesFixed: null,
    reason: found.reason,
  };
}

/** No interval, for a reason that lies in what is averaged. */
export function noInterval(reason: string, unit: MeanInterval['unit'] = 'battery'): MeanInterval {
  return { ...bounds(null), uncertainty: null, unit, units: 0, zones: null, whyCountriesFixed: null, reason };
}

interface Sides {
  readonly x: MaskedMatrix;
  readonly y: MaskedMatrix;
  readonly columnGroups: readonly string[];
  readonly rowGroups: readonly string[];
  readonly terms: Terms;
}

/** People and model of a part, or their deviations from a reference. */
function sidesOf(grid: ScoreGrid, part: IntervalPart, reference?: Reference): Sides {
  const { items = () => true, countries = () => true, unit = 'battery' } = part;
  const side = (which: 'human' | 'model'): MaskedMatrix =>
    gridMatrix(grid, part, (cell, { country, item }) => deviation(cell[which], reference?.[country]?.[item]));
  return {
    x: side('human'),
    y: side('model'),
    columnGroups: columnGroups(grid.items.filter(items), unit),
    rowGroups: grid.countries.filter(countries).map((country) => country.culturalZone),
    terms: { rows: 'countries', columnGroups: UNITS[unit] },
  };
}

/** For each item what it hangs together with. */
export function columnGroups(items: readonly Item[], unit: MeanInterval['unit']): string[] {
  return items.map((item) => (unit === 'battery' ? item.battery : item.variable));
}

/** What an interval over countries and items says, in the words of the record. */
export function overRows(
  interval: Interval | null,
  found: RowMeanInterval,
  unit: MeanInterval['unit'],
): MeanInterval {
  const SCOPES = { columns: 'other-items', 'columns-and-rows': 'other-items-and-countries' } as const;
  return {
    ...bounds(interval),
    uncertainty: found.scope === null ? null : SCOPES[found.scope],
    unit,
    units: found.groups,
    zones: found.rowGroups,
    whyCountriesFixed: found.whyRowsFixed,
    reason: found.reason,
  };
}

function bounds(interval: Interval | null): Pick<MeanInterval, 'low' | 'high' | 'level'> {
  return {
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    level: interval?.level ?? DEFAULT_LEVEL,
  };
}
