import { dataPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import { parseCsv } from '../files/read-csv.js';
import { readTextFile } from '../files/read-json.js';
import type { Country } from '../types.js';
import { type CsvSource, countField, fieldError, textField, wordField } from './csv-fields.js';

/** United Nations M49 regions, with the Americas split in two. */
export const CONTINENTS = [
  'Africa',
  'Asia',
  'Europe',
  'Latin America',
  'Northern America',
  'Oceania',
] as const;

/** Zones of the Inglehart-Welzel cultural map. */
export const CULTURAL_ZONES = [
  'African-Islamic',
  'Catholic Europe',
  'Confucian',
  'English-speaking',
  'Latin America',
  'Orthodox Europe',
  'Protestant Europe',
  'West and South Asia',
] as const;

const YES_NO = ['yes', 'no'] as const;

const COLUMNS = [
  'iso3',
  'name',
  'prompt_name',
  'b_country',
  'continent',
  'cultural_zone',
  'zone_certain',
  'western',
  'in_default_set',
  'n_respondents',
  'year',
] as const;

/**
 * The countries and territories of the survey, in the order of the file.
 *
 * @param path a CSV file with the columns of data/survey/countries.csv, which is the default
 * @throws InputError naming line and column of a value that is not known
 */
export function loadCountries(path: string = dataPath('survey', 'countries.csv')): Country[] {
  return parseCountries(readTextFile(path, 'the country list'), path);
}

/** The pure part of {@link loadCountries}: CSV text in, countries out. */
export function parseCountries(text: string, path: string): Country[] {
  const source: CsvSource = { path, what: 'the country list' };
  const seen = new Map<string, number>();
  return parseCsv(text, COLUMNS, source).map((row) => {
    const iso3 = row.values.iso3;
    if (!/^[A-Z]{3}$/.test(iso3)) {
      throw fieldError(source, row, 'iso3', 'three capital letters');
    }
    const earlier = seen.get(iso3);
    if (earlier !== undefined) {
      throw new InputError(
        `Reading the country list: ${path} line ${row.line}, column iso3: found "${iso3}", which line ${earlier} ` +
          'holds already. Expected each country once. Remove one of the two lines.',
      );
    }
    seen.set(iso3, row.line);
    wordField(source, row, 'zone_certain', YES_NO);
    return {
      iso3,
      name: textField(source, row, 'name'),
      promptName: textField(source, row, 'prompt_name'),
      surveyCode: countField(source, row, 'b_country'),
      continent: wordField(source, row, 'continent', CONTINENTS),
      culturalZone: wordField(source, row, 'cultural_zone', CULTURAL_ZONES),
      western: wordField(source, row, 'western', YES_NO) === 'yes',
      inDefaultSet: wordField(source, row, 'in_default_set', YES_NO) === 'yes',
      respondents: countField(source, row, 'n_respondents'),
      year: row.values.year === '' ? null : countField(source, row, 'year'),
    };
  });
}
