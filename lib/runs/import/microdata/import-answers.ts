import { extname } from 'node:path';
import { aggregateCells, type MeanLine, type ShareLine } from '../../../survey/import/aggregate-cells.js';
import { codeRules } from '../../../survey/import/code-rules.js';
import { findColumns } from '../../../survey/import/file-layout.js';
import type { ItemMap } from '../../../survey/import/item-map.js';
import type { Country, Item } from '../../../types.js';
import { countProgress, type ProgressListener } from '../../progress.js';
import { type DuckDb, openDuckDb } from '../../store/index.js';
import { readSavAnswers } from '../sav/read-sav-answers.js';
import { readSavDictionary, type SavDictionary } from '../sav/sav-dictionary.js';
import { queryRows } from './answer-table.js';
import { type CheckedTable, checkRows } from './check-answers.js';
import { type CountedAnswers, countAnswers, type UnknownCodes } from './count-answers.js';
import { keepStudy } from './keep-study.js';
import { readCsvAnswers, readCsvLayout } from './read-csv-answers.js';

/** What an import of single answers needs. */
export interface AnswersRequest {
  readonly path: string;
  readonly map: ItemMap;
  readonly bank: readonly Item[];
  readonly countries: readonly Country[];
  /** Whether entries of the map that are not sure are taken as well. */
  readonly unsure: boolean;
  readonly unknownCodes: UnknownCodes;
  /** Name of the only survey of the file that counts; null for all. */
  readonly study: string | null;
  readonly onProgress: ProgressListener;
}

/** What became of the answers of single people: nothing of theirs is in it. */
export interface ImportedAnswers {
  readonly shares: readonly ShareLine[];
  readonly means: readonly MeanLine[];
  /** Rows of the file. */
  readonly rows: number;
  /** Rows that belong to another survey of the file. */
  readonly rowsOfOtherStudies: number;
  /** ISO3 code -> respondents that count, in the order of the country list. */
  readonly respondents: Readonly<Record<string, number>>;
  /** ISO3 codes of countries in which every weight is 1. */
  readonly unweightedCountries: ReadonlySet<string>;
  /** Variables of the item map whose column the file lacks. */
  readonly absent: readonly string[];
  /** Variables that were left out because their entry is not sure. */
  readonly unsure: readonly string[];
  readonly dropped: Pick<CountedAnswers, 'missing' | 'blank' | 'unknown'>;
  /** Null for a CSV file. */
  readonly dictionary: SavDictionary | null;
}

/** With two threads DuckDB holds a copy of every column for each piece of the file, and is hardly faster. */
const LIMITS = { threads: 1, memoryMegabytes: 700 } as const;

/**
 * Reads a file of single answers and counts them; the file is read once, into memory, and nothing of it is written.
 *
 * @throws InputError naming row and column of the first thing that is not as it must be
 */
export async function importAnswers(request: AnswersRequest): Promise<ImportedAnswers> {
  const db = await openDuckDb(LIMITS);
  try {
    return await importWith(db, request);
  } finally {
    db.close();
  }
}

async function importWith(db: DuckDb, request: AnswersRequest): Promise<ImportedAnswers> {
  const { path, map, bank, countries, onProgress } = request;
  const what = `the file of ${map.title}`;
  const { rules, unsure } = codeRules(map, bank, { unsure: request.unsure });
  const isSav = extname(path).toLowerCase() === '.sav' || extname(path).toLowerCase() === '.zsav';
  const dictionary = isSav ? await readSavDictionary(path, what) : null;
  const layout = isSav ? null : await readCsvLayout(path, what);
  const columns = layout?.columns ?? dictionary?.variables.map(({ name }) => name) ?? [];
  const found = findColumns(columns, map, rules, path);
  const reading = isSav ? null : countProgress(onProgress, { label: 'file read:', total: 1, alreadyDone: 0 });
  const table =
    layout !== null
      ? await readCsvAnswers(db, { path, what, layout, found })
      : await readSavAnswers(db, { path, what, dictionary: dictionary as SavDictionary, found, onProgress });
  reading?.advance(1);
  const checked: CheckedTable = { db, table, path, map, found };
  const countryOf = await checkRows(checked, countries);
  const rowsOfOtherStudies = await keepStudy(checked, request.study);
  const counted = await countAnswers(checked, {
    countryOf,
    unknownCodes: request.unknownCodes,
    onProgress,
  });
  const cells = aggregateCells(
    inCountryOrder(counted.frequencies, countries),
    found.items.map(({ rule }) => rule),
  );
  return {
    ...cells,
    rows: table.rows,
    rowsOfOtherStudies,
    ...(await countRespondents(db, countryOf, countries)),
    ...{ absent: found.absent, unsure, dropped: counted, dictionary },
  };
}

function inCountryOrder<Row extends { readonly country: string }>(
  rows: readonly Row[],
  countries: readonly Country[],
): Row[] {
  const place = new Map(countries.map(({ iso3 }, at) => [iso3, at]));
  return rows.toSorted((a, b) => (place.get(a.country) ?? 0) - (place.get(b.country) ?? 0));
}

async function countRespondents(
  db: DuckDb,
  countryOf: ReadonlyMap<string, string>,
  countries: readonly Country[],
): Promise<Pick<ImportedAnswers, 'respondents' | 'unweightedCountries'>> {
  const rows = await queryRows(
    db,
    'SELECT country_code, count(*) AS n, count(*) FILTER (WHERE weight <> 1) AS other FROM answers GROUP BY country_code',
  );
  const counts = new Map<string, { n: number; other: number }>();
  for (const { country_code: code, n, other } of rows) {
    const country = countryOf.get(String(code)) ?? '';
    const earlier = counts.get(country) ?? { n: 0, other: 0 };
    counts.set(country, { n: earlier.n + Number(n), other: earlier.other + Number(other) });
  }
  const present = countries.flatMap(({ iso3 }) => {
    const count = counts.get(iso3);
    return count === undefined ? [] : [{ iso3, ...count }];
  });
  return {
    respondents: Object.fromEntries(present.map(({ iso3, n }) => [iso3, n])),
    unweightedCountries: new Set(present.filter(({ other }) => other === 0).map(({ iso3 }) => iso3)),
  };
}
