import { describe, expect, it } from 'vitest';
import { loadCountries } from '../../lib/survey/countries.js';
import { type CountrySelection, selectCountries } from '../../lib/survey/country-selection.js';

const countries = loadCountries();
const codes = (selection: CountrySelection) => selectCountries(countries, selection).map(({ iso3 }) => iso3);

describe('selectCountries', () => {
  it('knows the 55 default countries, nine of them marked as Western', () => {
    const selected = selectCountries(countries, 'default-55');
    expect(selected).toHaveLength(55);
    expect(selected.filter((country) => country.western).map(({ iso3 }) => iso3)).toEqual([
      'AND',
      'AUS',
      'CAN',
      'CYP',
      'DEU',
      'GRC',
      'NLD',
      'NZL',
      'USA',
    ]);
  });

  it('knows all 66', () => {
    expect(selectCountries(countries, 'all-66')).toEqual(countries);
  });

  it('takes codes, in the order of the country list', () => {
    expect(codes(['USA', 'AND', 'NIR'])).toEqual(['AND', 'NIR', 'USA']);
  });

  it('names codes that come close to an unknown one', () => {
    expect(() => codes(['GER'])).toThrow(
      /"GER" is not in the country list\. Did you mean .*DEU \(Germany\).*\?/,
    );
    expect(() => codes(['USA', 'NDL'])).toThrow(/"NDL" is not in the country list\. Did you mean /);
    expect(() => codes(['usa'])).toThrow(
      /"usa" is not in the country list\. Did you mean .*USA \(United States\)/,
    );
    expect(() => codes(['Q1'])).toThrow(
      'Expected ISO 3166 alpha-3 codes of countries in data/survey/countries.csv.',
    );
  });

  it('refuses codes given twice, an empty list and unknown sets', () => {
    expect(() => codes(['USA', 'USA'])).toThrow('Selecting countries: "USA" is listed twice.');
    expect(() => codes([])).toThrow('Selecting countries: the list is empty.');
    expect(() => selectCountries(countries, 'default-56' as CountrySelection)).toThrow(
      'Selecting countries: there is no set "default-56". Expected "default-55", "all-66" or a list of ISO3 codes.',
    );
  });
});
