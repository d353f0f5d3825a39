import type { Category, CellScore } from '../../types.js';
import { agreement } from '../agreement.js';
import type { Agreement } from '../agreement-record.js';
import { itemMeansOfOtherCountries } from '../item-means.js';
import { withoutCulture } from '../without-culture.js';
import { humanScores, type ReferenceInput, referenceCells } from './reference-cells.js';

/** Name of the reference in tables. */
export const ITEM_MEANS = 'item means';

/** Why the reference has no deviation r and no r within items. */
export const NO_CULTURE =
  'item means know no culture: they give every country the same answers, up to leaving it out';

/**
 * The agreement of a reference that knows every item and no culture: for each country it answers with the human item
 * mean over the *other* countries. A model below it has learned less than what people everywhere have in common.
 *
 * Deviation r is undefined for it. r within items is set to null as well: leaving a country out lowers the mean exactly
 * where the country is high, so a computed value would be -1 and would say nothing.
 */
export function itemMeansReference(
  input: ReferenceInput & { readonly categories: readonly Category[] },
): Agreement {
  return withoutCulture(agreement({ ...input, model: ITEM_MEANS, cells: itemMeanCells(input) }), NO_CULTURE);
}

/** The cells of the reference. */
export function itemMeanCells(input: ReferenceInput): CellScore[] {
  const means = itemMeansOfOtherCountries(humanScores(input));
  return referenceCells(input, means, 'no other country has a mean score for the item');
}
