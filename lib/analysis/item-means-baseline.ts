import type { HumanAnswers } from '../survey/human-answers.js';
import type { Category, CellScore, Country, Item } from '../types.js';
import { agreement } from './agreement.js';
import type { Agreement, MeanAgreement } from './agreement-record.js';
import { itemMeansOfOtherCountries } from './item-means.js';

/** Name of the reference in tables. */
export const ITEM_MEANS = 'item means';

/** Why the reference has no deviation r and no r within items. */
export const NO_CULTURE =
  'item means know no culture: they give every country the same answers, up to leaving it out';

/** What the reference is computed from. */
export interface BaselineInput {
  readonly human: HumanAnswers;
  readonly items: readonly Item[];
  readonly countries: readonly Country[];
  readonly categories: readonly Category[];
}

/**
 * The agreement of a reference that knows every item and no culture: for each country it answers with the human item
 * mean over the *other* countries. A model below it has learned less than what people everywhere have in common.
 *
 * Deviation r is undefined for it. r within items is set to null as well: leaving a country out lowers the mean exactly
 * where the country is high, so a computed value would be -1 and would say nothing.
 */
export function itemMeansBaseline(input: BaselineInput): Agreement {
  const found = agreement({ ...input, model: ITEM_MEANS, cells: itemMeanCells(input) });
  return {
    ...found,
    deviation: { ...found.deviation, ...UNDEFINED, undefinedCount: found.deviationByCountry.length },
    deviationByCountry: found.deviationByCountry.map((unit) => ({ ...unit, r: null, reason: NO_CULTURE })),
    withinItems: { ...found.withinItems, ...UNDEFINED, undefinedCount: found.byItem.length },
    byItem: found.byItem.map((unit) => ({ ...unit, r: null, reason: NO_CULTURE })),
  };
}

const UNDEFINED: Pick<MeanAgreement, 'mean' | 'plainMean' | 'capped' | 'n' | 'reason'> = {
  mean: null,
  plainMean: null,
  capped: 0,
  n: 0,
  reason: NO_CULTURE,
};

/** The cells of the reference, as if it were a model without options. */
export function itemMeanCells(input: Omit<BaselineInput, 'categories'>): CellScore[] {
  const { human, items, countries } = input;
  const rows = countries.map(({ iso3 }) =>
    items.map(({ variable }) => ({ human: human.meanScore(iso3, variable) })),
  );
  const means = itemMeansOfOtherCountries(rows);
  return countries.flatMap((country, c) =>
    items.map((item, i): CellScore => {
      const meanScore = means[c]?.[i] ?? null;
      return {
        variable: item.variable,
        country: country.iso3,
        status: meanScore === null ? 'unscored' : 'scored',
        reason: meanScore === null ? 'no other country has a mean score for the item' : null,
        probabilities: [],
        meanScore,
        optionMass: null,
        orderGap: null,
      };
    }),
  );
}
