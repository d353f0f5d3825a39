import { deviationCorrelation, pearson } from '../statistics/correlation.js';
import type { Country, Item } from '../types.js';
import { itemMeansOfAllCountries } from './item-means.js';
import { humanScores, type ReferenceInput } from './references/reference-cells.js';

/** The mean scores of the people of two countries on one item. */
export interface PairedScore {
  readonly item: Item;
  /** Of the first country. */
  readonly x: number;
  /** Of the second country. */
  readonly y: number;
  /** Human item mean over all countries, these two among them. */
  readonly itemMean: number;
}

/** How alike the people of two countries answer. */
export interface CountryPair {
  readonly one: Country;
  readonly other: Country;
  /** Over items; null where undefined. */
  readonly r: number | null;
  /** Deviation r from the human item means over all countries; null where undefined. */
  readonly deviationR: number | null;
  /** Items on which both have a mean score. */
  readonly n: number;
  /** These items, in the order of the items. */
  readonly scores: readonly PairedScore[];
}

/**
 * Every pair of countries, each once: how alike their people answer the items that can be asked and carry a mean.
 *
 * r is high for almost any two countries, since people everywhere agree on much; deviation r is about what is special to
 * them. Deviations from the mean of C countries sum to 0 in every item, so deviation r is about -1 / (C - 1) on average.
 */
export function countryPairs(people: ReferenceInput): CountryPair[] {
  const items = people.items.filter(({ canAsk, canMean }) => canAsk && canMean);
  const rows = humanScores({ ...people, items });
  const means = itemMeansOfAllCountries(rows);
  return people.countries.flatMap((one, a) =>
    people.countries.slice(a + 1).map((other, step): CountryPair => {
      const scores = items.flatMap((item, i) => {
        const x = rows[a]?.[i]?.human ?? null;
        const y = rows[a + 1 + step]?.[i]?.human ?? null;
        const itemMean = means[i] ?? null;
        return x === null || y === null || itemMean === null ? [] : [{ item, x, y, itemMean }];
      });
      const x = scores.map((score) => score.x);
      const y = scores.map((score) => score.y);
      const reference = scores.map(({ itemMean }) => itemMean);
      const deviationR = deviationCorrelation({ x, y, reference }).r;
      return { one, other, r: pearson(x, y).r, deviationR, n: scores.length, scores };
    }),
  );
}
