import { csvText } from '../../files/csv-text.js';
import { InputError } from '../../files/input-error.js';
import { parseCsv } from '../../files/read-csv.js';
import type { Country } from '../../types.js';
import { CONTINENTS, CULTURAL_ZONES } from '../countries.js';
import { fieldError, textField, wordField } from '../csv-fields.js';

const COLUMNS = ['iso3', 'name', 'prompt_name', 'continent', 'cultural_zone'] as const;

/**
 * Countries that data/survey/countries.csv lacks: CSV text in, countries out.
 *
 * Columns: iso3, name, prompt_name, continent, cultural_zone; where they are there also `western` (yes, no) and `b_country`
 * (a number). Respondents are filled in by the import.
 *
 * @throws InputError naming line and column, and for a country that the project's list has already
 */
export function parseOwnCountries(text: string, path: string, shipped: readonly Country[]): Country[] {
  const source = { path, what: 'the list of countries' };
  const seen = new Set<string>();
  return parseCsv(text, COLUMNS, source).map((row) => {
    const { iso3 } = row.values;
    if (!/^[A-Z]{3}$/.test(iso3)) {
      throw fieldError(source, row, 'iso3', 'three capital letters');
    }
    if (seen.has(iso3) || shipped.some((country) => country.iso3 === iso3)) {
      throw new InputError(
        `Reading the list of countries: ${path} line ${row.line}, column iso3: found "${iso3}", which is ` +
          `${seen.has(iso3) ? 'there already' : 'in data/survey/countries.csv'}. Expected other countries, each once. Remove the line.`,
      );
    }
    seen.add(iso3);
    const { western = '', b_country: code = '' } = row.values as Readonly<Record<string, string>>;
    const more = { ...row, values: { ...row.values, western, b_country: code } };
    if (!/^\d{0,9}$/.test(code)) {
      throw fieldError(source, more, 'b_country', 'a whole number or nothing');
    }
    return {
      iso3,
      name: textField(source, row, 'name'),
      promptName: textField(source, row, 'prompt_name'),
      surveyCode: Number(code),
      continent: wordField(source, row, 'continent', CONTINENTS),
      culturalZone: wordField(source, row, 'cultural_zone', CULTURAL_ZONES),
      western: wordField(source, more, 'western', ['yes', 'no', '']) === 'yes',
      inDefaultSet: false,
      respondents: 0,
      year: null,
    };
  });
}

/** Countries as text with the columns of data/survey/countries.csv, respondents as they were counted. */
export function countriesCsv(
  countries: readonly Country[],
  respondents: Readonly<Record<string, number>> | null,
): string {
  const word = (is: boolean): string => (is ? 'yes' : 'no');
  return csvText(
    countries.map((country) => ({
      iso3: country.iso3,
      name: country.name,
      prompt_name: country.promptName,
      b_country: country.surveyCode,
      continent: country.continent,
      cultural_zone: country.culturalZone,
      zone_certain: 'no',
      western: word(country.western),
      in_default_set: word(country.inDefaultSet),
      n_respondents: respondents?.[country.iso3] ?? 0,
      year: country.year,
    })),
  );
}
