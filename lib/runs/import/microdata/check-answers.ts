import { InputError } from '../../../files/input-error.js';
import type { FoundColumns } from '../../../survey/import/file-layout.js';
import type { ItemMap } from '../../../survey/import/item-map.js';
import type { Country } from '../../../types.js';
import type { DuckDb } from '../../store/index.js';
import { type AnswerTable, fixedColumn, queryRows } from './answer-table.js';

/** What {@link checkRows} and its like look at. */
export interface CheckedTable {
  readonly db: DuckDb;
  readonly table: AnswerTable;
  readonly path: string;
  readonly map: ItemMap;
  readonly found: FoundColumns;
}

/**
 * Checks what every respondent must have: a known country, the right wave, a weight.
 *
 * @returns the ISO3 code of every country code of the file
 * @throws InputError naming the first row and column where something else stands
 */
export async function checkRows(
  checked: CheckedTable,
  countries: readonly Country[],
): Promise<ReadonlyMap<string, string>> {
  const { db, table, path, map, found } = checked;
  if (table.rows === 0) {
    throw new InputError(
      `Importing ${map.title}: ${path} has titles and no rows. Expected one row for each respondent. Download it again.`,
    );
  }
  for (const [place, { column, value, meaning }] of map.columns.fixed.entries()) {
    const name = fixedColumn(place);
    const [first] = await queryRows(
      db,
      `SELECT min(rowid) AS place FROM answers WHERE TRY_CAST(${name} AS DOUBLE) IS DISTINCT FROM ${value}`,
    );
    if (first !== undefined && first.place !== null) {
      throw await wrongField(checked, Number(first.place), found.fixed[place] ?? column, {
        expected: `${value} (${meaning})`,
        wayOut: `Import the file of ${map.title}; leave out rows of anything else.`,
      });
    }
  }
  const [badWeight] = await queryRows(
    db,
    'SELECT min(rowid) AS place FROM answers WHERE weight IS NULL OR NOT isfinite(weight) OR weight < 0',
  );
  if (badWeight !== undefined && badWeight.place !== null) {
    throw await wrongField(checked, Number(badWeight.place), found.weight, {
      expected: 'a weight, a number of at least 0 with a decimal point',
      wayOut: 'Mend the row, or download the file again.',
    });
  }
  return checkCountries(checked, countries);
}

async function checkCountries(
  checked: CheckedTable,
  countries: readonly Country[],
): Promise<ReadonlyMap<string, string>> {
  const { db, found } = checked;
  const groups = await queryRows(
    db,
    'SELECT country, country_code, min(rowid) AS place FROM answers GROUP BY country, country_code ORDER BY place',
  );
  const byCode = new Map(countries.map((country) => [country.surveyCode, country]));
  const known = new Map<string, string>();
  for (const { country, country_code: code, place } of groups) {
    const ofCode = Number.isInteger(Number(code)) && code !== '' ? byCode.get(Number(code)) : undefined;
    if (found.country !== null && !countries.some(({ iso3 }) => iso3 === country)) {
      throw await wrongField(checked, Number(place), found.country, {
        expected: 'an ISO3 code of data/survey/countries.csv',
        wayOut: 'Correct the code, or leave out the rows of that country.',
      });
    }
    if (ofCode === undefined || (found.country !== null && ofCode.iso3 !== country)) {
      const wanted = countries.find(({ iso3 }) => iso3 === country)?.surveyCode;
      throw await wrongField(checked, Number(place), found.countryCode, {
        expected: wanted === undefined ? 'a country code that is known' : `${wanted}, the code of ${country}`,
        wayOut: 'Correct the code, or leave out the rows of that country.',
      });
    }
    known.set(String(code), ofCode.iso3);
  }
  return known;
}

/** A field of a file that holds something else than it must, with the way out. */
export async function wrongField(
  { table, path, map }: Pick<CheckedTable, 'table' | 'path' | 'map'>,
  place: number,
  column: string,
  { expected, wayOut }: { readonly expected: string; readonly wayOut: string },
): Promise<InputError> {
  const text = await table.textAt(place, column);
  const shown = text === null ? 'something else' : text === '' ? 'nothing' : `"${text.slice(0, 40)}"`;
  return new InputError(
    `Importing ${map.title}: ${path}, ${table.nameOfRow(place)}, column ${column}: found ${shown}. Expected ${expected}. ${wayOut}`,
  );
}
