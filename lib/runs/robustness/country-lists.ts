import type { CountryChoice } from '../../analysis/robustness/specification.js';
import { FEWEST_PAIRS } from '../../statistics/correlation.js';
import type { Country } from '../../types.js';

/** Marks the countries of one choice. */
export interface CountryList {
  readonly choice: CountryChoice;
  readonly countries: readonly boolean[];
}

/**
 * All countries asked; where some of them are outside the default set, also those inside it. A list that leaves fewer
 * countries than r within items needs is left out, as is one that leaves out nothing.
 *
 * @param countries asked; those of a survey's own list are in no default set
 */
export function countryLists(countries: readonly Pick<Country, 'inDefaultSet'>[]): CountryList[] {
  const inDefaultSet = countries.map((country) => country.inDefaultSet);
  const kept = inDefaultSet.filter((is) => is).length;
  const isChoice = kept >= FEWEST_PAIRS && kept < countries.length;
  return [
    { choice: 'all', countries: countries.map(() => true) },
    ...(isChoice ? [{ choice: 'default-55', countries: inDefaultSet } as const] : []),
  ];
}
