import { InputError } from '../files/input-error.js';
import type { Country } from '../types.js';

/** A named set of countries, or ISO3 codes. */
export type CountrySelection = 'default-55' | 'all-66' | readonly string[];

/**
 * The countries that a study asks about, in the order of the country list.
 *
 * @throws InputError for a code that the list lacks (naming codes that come close), a code given twice, an empty
 *   list, and a set name that does not exist
 */
export function selectCountries(countries: readonly Country[], selection: CountrySelection): Country[] {
  if (selection === 'default-55') {
    return countries.filter((country) => country.inDefaultSet);
  }
  if (selection === 'all-66') {
    return [...countries];
  }
  if (typeof selection === 'string') {
    throw new InputError(
      `Selecting countries: there is no set "${String(selection)}". Expected "default-55", "all-66" or a list of ISO3 codes.`,
    );
  }
  const known = new Set(countries.map((country) => country.iso3));
  const wanted = new Set<string>();
  for (const code of selection) {
    if (!known.has(code)) {
      throw new InputError(
        `Selecting countries: "${code}" is not in the country list. ${closeCodes(countries, code)}`,
      );
    }
    if (wanted.has(code)) {
      throw new InputError(
        `Selecting countries: "${code}" is listed twice. Expected each code once. Remove one.`,
      );
    }
    wanted.add(code);
  }
  if (wanted.size === 0) {
    throw new InputError('Selecting countries: the list is empty. Expected at least one ISO3 code.');
  }
  return countries.filter((country) => wanted.has(country.iso3));
}

/** The country with an ISO3 code. @throws InputError that names codes that come close */
export function findCountry(countries: readonly Country[], iso3: string): Country {
  const found = countries.find((country) => country.iso3 === iso3);
  if (found === undefined) {
    throw new InputError(
      `Looking up a country: "${iso3}" is not in the country list. ${closeCodes(countries, iso3)}`,
    );
  }
  return found;
}

// Codes are close when two letters stand in the same place or the text begins the country's name ("GER", "germany").
function closeCodes(countries: readonly Country[], text: string): string {
  const upper = text.toUpperCase();
  const close = countries.filter((country) => {
    const sameLetters = [...country.iso3].filter((letter, place) => upper[place] === letter).length;
    const start = upper.slice(0, 3);
    return sameLetters >= 2 || (start.length === 3 && country.name.toUpperCase().startsWith(start));
  });
  if (close.length === 0) {
    return 'Expected ISO 3166 alpha-3 codes of countries in data/survey/countries.csv.';
  }
  return `Did you mean ${close.map((country) => `${country.iso3} (${country.name})`).join(', ')}?`;
}
