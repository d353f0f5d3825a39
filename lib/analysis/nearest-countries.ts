import { pearson } from '../statistics/correlation.js';
import { partialCorrelation } from '../statistics/partial-correlation.js';
import { itemMeansOfAllCountries } from './item-means.js';
import { type AgreementInput, scoreGrid } from './score-grid.js';

/** How close one country's people are to answers given for no country. */
export interface CountryLikeness {
  /** ISO3 code. */
  readonly id: string;
  /** Over items; null where undefined. */
  readonly r: number | null;
  /** Partial r given the human item means: what both have beyond them. Null where undefined. */
  readonly partialR: number | null;
  /** Items that both answered. */
  readonly n: number;
}

/**
 * Whose answers does a model give when nobody is named? The countries of the survey by how much their people resemble the
 * answers to a country-free wording, by partial r given the item means first.
 *
 * r alone is high for every country near the average one. Deviations from the item means alone would be high for countries that
 * answer cautiously wherever a model hardly answers at all; the partial r is about 0 for such a model.
 *
 * @param input.cells one answer for every item, repeated for each country
 * @returns all countries, the closest first; those without a partial r last
 */
export function nearestCountries(input: AgreementInput): CountryLikeness[] {
  const grid = scoreGrid(input);
  const means = itemMeansOfAllCountries(grid.rows);
  return grid.countries
    .map(({ iso3 }, c): CountryLikeness => {
      const pairs = (grid.rows[c] ?? []).flatMap(({ human, model }, i) => {
        const mean = means[i] ?? null;
        return human === null || model === null || mean === null ? [] : [{ human, model, mean }];
      });
      const x = pairs.map(({ human }) => human);
      const y = pairs.map(({ model }) => model);
      const control = pairs.map(({ mean }) => mean);
      const partial = partialCorrelation({ x, y, control });
      return { id: iso3, r: pearson(x, y).r, partialR: partial.r, n: pairs.length };
    })
    .sort((one, other) => (other.partialR ?? -2) - (one.partialR ?? -2));
}
