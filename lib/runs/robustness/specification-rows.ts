import { isSame } from '../../analysis/robustness/specification.js';
import type { SpecificationCurve } from '../../analysis/robustness/specification-curve.js';

/** One specification of one model: a line of `specifications.csv`. */
export interface SpecificationRow {
  readonly study: string;
  readonly model: string;
  /** 1 for the specification that the findings are told from, else 0. */
  readonly chosen: 0 | 1;
  /** 1 where findings are counted over it; 0 for one option order alone where both were asked. */
  readonly counted: 0 | 1;
  readonly template: string;
  readonly format: string;
  readonly reading: string;
  readonly orders: string;
  readonly weights: string;
  readonly cells: string;
  readonly items: string;
  /** Which survey: `shipped`, or the title of an imported human side. */
  readonly people: string;
  /** `all` that were asked, or `default-55`: those of them in the default set. */
  readonly countries: string;
  readonly r: number | null;
  readonly deviation_r: number | null;
  readonly r_within_items: number | null;
  readonly west_minus_others: number | null;
  readonly item_means_r: number | null;
  readonly item_means_west_minus_others: number | null;
}

/** Titles of the file, for a study without a single specification too. */
export const SPECIFICATION_COLUMNS: readonly (keyof SpecificationRow)[] = [
  ...(['study', 'model', 'chosen', 'counted'] as const),
  ...([
    'template',
    'format',
    'reading',
    'orders',
    'weights',
    'cells',
    'items',
    'people',
    'countries',
  ] as const),
  ...(['r', 'deviation_r', 'r_within_items', 'west_minus_others'] as const),
  ...(['item_means_r', 'item_means_west_minus_others'] as const),
];

/** The specifications of a curve, one to a line. */
export function specificationRows(
  { results, chosen }: SpecificationCurve,
  of: { readonly study: string; readonly model: string },
): SpecificationRow[] {
  return results.map(({ specification, figures, itemMeans, counted }) => ({
    ...of,
    chosen: isSame(specification, chosen) ? 1 : 0,
    counted: counted ? 1 : 0,
    template: specification.template,
    format: specification.format,
    reading: specification.readingKind,
    orders: specification.orders,
    weights: specification.weights,
    cells: specification.cells,
    items: specification.items,
    people: specification.people,
    countries: specification.countries,
    r: figures.r,
    deviation_r: figures.deviationR,
    r_within_items: figures.withinItems,
    west_minus_others: figures.lean,
    item_means_r: itemMeans.r,
    item_means_west_minus_others: itemMeans.lean,
  }));
}
