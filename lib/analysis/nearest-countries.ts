import { pearson, uncentredCorrelation } from '../statistics/correlation.js';
import { deviation } from './deviation.js';
import { itemMeansOfAllCountries } from './item-means.js';
import { type AgreementInput, scoreGrid } from './score-grid.js';

/** How close one country's people are to answers given for no country. */
export interface CountryLikeness {
  /** ISO3 code. */
  readonly id: string;
  /** Over items; null where undefined. */
  readonly r: number | null;
  /** Of the answers' and the people's deviations from the human item means; null where undefined. */
  readonly deviationR: number | null;
  /** Items that both answered. */
  readonly n: number;
}

/**
 * Whose answers does a model give when nobody is named? The countries of the survey by how much their people resemble the
 * answers to a country-free wording, by deviation r first: r is high for every country that is near the average one.
 *
 * @param input.cells one answer for every item, repeated for each country
 * @returns all countries, the closest first; those without a deviation r last
 */
export function nearestCountries(input: AgreementInput): CountryLikeness[] {
  const grid = scoreGrid(input);
  const means = itemMeansOfAllCountries(grid.rows);
  return grid.countries
    .map(({ iso3 }, c): CountryLikeness => {
      const pairs = (grid.rows[c] ?? []).flatMap(({ human, model }, i) => {
        const reference = means[i] ?? null;
        return human === null || model === null || reference === null ? [] : [{ human, model, reference }];
      });
      const r = pearson(
        pairs.map(({ human }) => human),
        pairs.map(({ model }) => model),
      );
      const deviationR = uncentredCorrelation(
        pairs.map(({ human, reference }) => deviation(human, reference) ?? 0),
        pairs.map(({ model, reference }) => deviation(model, reference) ?? 0),
      );
      return { id: iso3, r: r.r, deviationR: deviationR.r, n: pairs.length };
    })
    .sort((one, other) => (other.deviationR ?? -2) - (one.deviationR ?? -2));
}
