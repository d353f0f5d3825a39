import { type Correlation, deviationCorrelation, FEWEST_PAIRS, pearson } from '../statistics/correlation.js';
import { meanCorrelation } from '../statistics/fisher.js';
import type { DeviationReference, MeanAgreement, MeanInterval, UnitCorrelation } from './agreement-record.js';
import { countCells, sumCellCounts } from './cell-counts.js';
import { itemMeansOfAllCountries, itemMeansOfOtherCountries } from './item-means.js';
import type { GridCell, ScoreGrid } from './score-grid.js';

/** r over items for each country, over all items or those whose places in the grid are given. */
export function correlationsByCountry(grid: ScoreGrid, places?: readonly number[]): UnitCorrelation[] {
  return grid.countries.map((country, c) => {
    const row = grid.rows[c] ?? [];
    const cells = places === undefined ? row : places.flatMap((place) => row[place] ?? []);
    return unitCorrelation(country.iso3, cells, 'items');
  });
}

/** r across countries for each item. */
export function correlationsByItem(grid: ScoreGrid): UnitCorrelation[] {
  return grid.items.map((item, i) =>
    unitCorrelation(
      item.variable,
      grid.rows.flatMap((row) => row[i] ?? []),
      'countries',
    ),
  );
}

/** For each country the human item means that deviations are from; null where no country that counts has an answer. */
export function deviationReferences(grid: ScoreGrid, from: DeviationReference): (number | null)[][] {
  if (from === 'other-countries') {
    return itemMeansOfOtherCountries(grid.rows);
  }
  const means = itemMeansOfAllCountries(grid.rows);
  return grid.rows.map(() => means);
}

/** Deviation r for each country; people's and the model's deviations are from human item means. */
export function deviationsByCountry(grid: ScoreGrid, from: DeviationReference): UnitCorrelation[] {
  const reference = deviationReferences(grid, from);
  return grid.countries.map((country, c) => {
    const row = (grid.rows[c] ?? []).map((cell, i) => ({ ...cell, reference: reference[c]?.[i] ?? null }));
    // Without an item mean there is no deviation of the people's answer either.
    const cells = row.map(({ human, model, reference: mean }) => ({
      human: mean === null ? null : human,
      model,
    }));
    const samples = { x: [] as number[], y: [] as number[], reference: [] as number[] };
    for (const { human, model, reference: mean } of row) {
      if (human !== null && model !== null && mean !== null) {
        samples.x.push(human);
        samples.y.push(model);
        samples.reference.push(mean);
      }
    }
    const correlation = deviationCorrelation(samples);
    const reason =
      correlation.r === null && correlation.n >= FEWEST_PAIRS
        ? `people or the model give exactly the item means of ${from === 'other-countries' ? 'the other' : 'all'} countries`
        : reasonOf(correlation, 'items');
    return { id: country.iso3, r: correlation.r, n: correlation.n, reason, cells: countCells(cells) };
  });
}

/** Fisher-z mean and plain mean of several r, with the sum of their cells. `what` names them for the reason. */
export function meanOfCorrelations(
  units: readonly UnitCorrelation[],
  { what, interval }: { readonly what: string; readonly interval: MeanInterval },
): MeanAgreement {
  const means = meanCorrelation(units.map((unit) => unit.r));
  return {
    ...means,
    interval,
    reason: means.n === 0 ? whyNoMean(units, what) : null,
    cells: sumCellCounts(units.map((unit) => unit.cells)),
  };
}

function whyNoMean(units: readonly UnitCorrelation[], what: string): string {
  if (units.length === 0) {
    return `no ${what} to average over`;
  }
  const reasons = [...new Set(units.map((unit) => unit.reason))];
  const rest = reasons.length > 1 ? ` (and ${reasons.length - 1} other reasons)` : '';
  return `r is undefined for all ${units.length} ${what}: ${reasons[0]}${rest}`;
}

function unitCorrelation(
  id: string,
  cells: readonly GridCell[],
  over: 'items' | 'countries',
): UnitCorrelation {
  const human: number[] = [];
  const model: number[] = [];
  for (const cell of cells) {
    if (cell.human !== null && cell.model !== null) {
      human.push(cell.human);
      model.push(cell.model);
    }
  }
  const correlation = pearson(human, model);
  return {
    id,
    r: correlation.r,
    n: correlation.n,
    reason: reasonOf(correlation, over),
    cells: countCells(cells),
  };
}

function reasonOf(correlation: Correlation, over: 'items' | 'countries'): string | null {
  if (correlation.r !== null) {
    return null;
  }
  return correlation.n < FEWEST_PAIRS
    ? `only ${correlation.n} ${over} with both mean scores; r needs at least ${FEWEST_PAIRS}`
    : `people's or the model's mean scores are the same for all ${correlation.n} ${over}`;
}
