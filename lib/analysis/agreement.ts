import { mean } from '../statistics/spread.js';
import type { Category, CellScore } from '../types.js';
import type { Agreement, DeviationReference, MeanOfCells } from './agreement-record.js';
import { countCells } from './cell-counts.js';
import { levelAgreement } from './level-agreement.js';
import { deviationInterval, meanRInterval, withinItemsInterval } from './mean-interval.js';
import { byCategory, byCountryPart, byGroup, westernLean } from './parts.js';
import { type AgreementInput, type ScoreGrid, scoreGrid } from './score-grid.js';
import { spreadAcrossCountries } from './spread-across-countries.js';
import {
  correlationsByCountry,
  correlationsByItem,
  deviationReferences,
  deviationsByCountry,
  meanOfCorrelations,
} from './unit-correlations.js';

/**
 * How a model's mean scores agree with people's: r over items for each country, its means over countries, and what r
 * alone cannot show (deviation r, r within items, spread, lean, option mass, order gap).
 *
 * r runs over the items that can be asked and carry a mean. A cell without a score, or without a human answer, is left
 * out of the figures and counted in each of them; an r of fewer than three pairs is null with the reason.
 *
 * @param input.cells the scores of one model for one wording; scores of the country-free wording do not count
 * @param options.deviationReference the human item means that deviation r starts from; of all countries by default
 * @throws InputError for a cell given twice and for a score outside [-1, 1]
 */
export function agreement(
  input: AgreementInput & { readonly categories: readonly Category[] },
  options: { readonly deviationReference?: DeviationReference } = {},
): Agreement {
  const { deviationReference = 'all-countries' } = options;
  const grid = scoreGrid(input);
  const byCountry = correlationsByCountry(grid);
  const deviationByCountry = deviationsByCountry(grid, deviationReference);
  const byItem = correlationsByItem(grid);
  return {
    model: input.model,
    weights: input.human.weights,
    countries: grid.countries.length,
    items: { given: input.items.length, used: grid.items.length, leftOut: grid.leftOut },
    modelCells: grid.modelCells,
    cells: countCells(grid.rows.flat()),
    byCountry,
    overall: meanOfCorrelations(byCountry, { what: 'countries', interval: meanRInterval(grid) }),
    byContinent: byCountryPart(grid, byCountry, (country) => country.continent),
    byCulturalZone: byCountryPart(grid, byCountry, (country) => country.culturalZone),
    byCategory: byCategory(grid, input.categories),
    byGroup: byGroup(grid, input.categories),
    deviationReference,
    deviationByCountry,
    deviation: meanOfCorrelations(deviationByCountry, {
      what: 'countries',
      interval: deviationInterval(grid, deviationReferences(grid, deviationReference)),
    }),
    byItem,
    withinItems: meanOfCorrelations(byItem, { what: 'items', interval: withinItemsInterval(grid) }),
    level: levelAgreement(grid),
    spread: spreadAcrossCountries(grid),
    westernLean: westernLean(grid, byCountry),
    optionMass: meanOfCells(grid, (cell) => cell.optionMass, 'option mass'),
    orderGap: meanOfCells(
      grid,
      (cell) => (cell.orderGap === null ? null : Math.abs(cell.orderGap)),
      'order gap (it needs both option orders)',
    ),
  };
}

function meanOfCells(
  grid: ScoreGrid,
  numberOf: (cell: CellScore) => number | null,
  what: string,
): MeanOfCells {
  const values = grid.scored.map(numberOf).filter((value) => value !== null);
  const average = mean(values);
  return {
    mean: average,
    n: values.length,
    missing: grid.modelCells.expected - values.length,
    reason: average === null ? `no cell has an ${what}` : null,
  };
}
