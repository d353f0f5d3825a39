import type { Country, HumanAnswer, Item } from '../types.js';
import type { CategoryCounts, Countable } from './facts.js';
import type { HumanAnswers } from './human-answers.js';

/** The survey's side as it was read. */
export interface SurveyData {
  readonly countries: readonly Country[];
  /** The whole item bank. */
  readonly items: readonly Item[];
  /** The items of the default set. */
  readonly defaultItems: readonly Item[];
  /** Answers to the whole item bank. */
  readonly human: HumanAnswers;
}

const MOST_ITEMS = 200;
const FEW_COUNTRIES = 30;

/** Counts one thing in the survey's files. */
export function countInSurvey(of: Countable, data: SurveyData): number {
  const { countries, items, defaultItems, human } = data;
  const { cells } = human;
  const defaultCountries = countries.filter((country) => country.inDefaultSet);
  switch (of) {
    case 'countries':
      return countries.length;
    case 'respondents':
      return countries.reduce((sum, country) => sum + country.respondents, 0);
    case 'default-countries':
      return defaultCountries.length;
    case 'western-default-countries':
      return defaultCountries.filter((country) => country.western).length;
    case 'share-rows':
      return human.read.shareRows;
    case 'mean-rows':
      return human.read.meanRows;
    case 'suspect-cells':
      return cells.filter((cell) => cell.suspect !== null).length;
    case 'cells-with-shares':
      return cells.filter((cell) => cell.shares !== null).length;
    case 'cells-with-mean-only':
      return cells.filter((cell) => cell.shares === null).length;
    case 'countries-with-shares-of-most-items': {
      const withShares = cells.filter((cell) => cell.shares !== null);
      return tally(withShares, (cell) => cell.country).filter(
        (cellsOfCountry) => cellsOfCountry >= MOST_ITEMS,
      ).length;
    }
    case 'items-without-data':
      return items.length - tally(cells, (cell) => cell.variable).length;
    case 'items-in-fewer-than-30-countries': {
      const asked = tally(cells, (cell) => cell.variable);
      return items.length - asked.filter((countriesOfItem) => countriesOfItem >= FEW_COUNTRIES).length;
    }
    case 'items':
      return items.length;
    case 'default-items':
      return defaultItems.length;
    case 'default-items-askable':
      return defaultItems.filter((item) => item.canAsk).length;
    case 'default-items-with-mean':
      return defaultItems.filter((item) => item.canAsk && item.canMean).length;
  }
}

function tally(cells: readonly HumanAnswer[], keyOf: (cell: HumanAnswer) => string): number[] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    counts.set(keyOf(cell), (counts.get(keyOf(cell)) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** Items of a category: all, those that can be asked, those that carry a mean. */
export function categoryCounts(items: readonly Item[], category: string): CategoryCounts {
  const own = items.filter((item) => item.category === category);
  return {
    items: own.length,
    askable: own.filter((item) => item.canAsk).length,
    withMean: own.filter((item) => item.canMean).length,
  };
}
