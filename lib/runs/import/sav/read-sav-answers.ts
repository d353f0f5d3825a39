import type { FoundColumns } from '../../../survey/import/file-layout.js';
import { countProgress, type ProgressListener } from '../../progress.js';
import { CHUNK_ROWS, type DuckDb } from '../../store/index.js';
import {
  type AnswerTable,
  fixedColumn,
  itemColumn,
  NO_WHOLE_NUMBER,
  NOTHING_THERE,
} from '../microdata/answer-table.js';
import type { SavDictionary, SavVariable } from './sav-dictionary.js';
import { readSavRows, type SavColumn } from './sav-rows.js';

/** How many numbers that are not whole are remembered as they stand in the file, for an error message. */
const REMEMBERED = 1000;

/**
 * Fills the table of answers from the rows of a .sav file.
 *
 * @throws InputError when the file ends inside a row or before its last one
 */
export async function readSavAnswers(
  db: DuckDb,
  {
    path,
    what,
    dictionary,
    found,
    onProgress,
  }: {
    path: string;
    what: string;
    dictionary: SavDictionary;
    found: FoundColumns;
    onProgress: ProgressListener;
  },
): Promise<AnswerTable> {
  const { connection, library } = db;
  const byName = new Map(dictionary.variables.map((variable) => [variable.name, variable]));
  const named = [found.country, found.countryCode, found.study, ...found.fixed];
  const texts = named.map((name) => (name === null ? null : (byName.get(name) ?? null)));
  const numbers = [found.weight, ...found.items.map(({ column }) => column)].flatMap(
    (name) => byName.get(name) ?? [],
  );
  const wanted = [...new Set<SavVariable>([...texts.filter((one) => one !== null), ...numbers])];
  const odd = new Map<string, number | string>();
  await connection.run(
    `CREATE TABLE answers (country VARCHAR, country_code VARCHAR, study VARCHAR, ` +
      `${found.fixed.map((_, place) => `${fixedColumn(place)} VARCHAR, `).join('')}weight DOUBLE, ` +
      `${found.items.map((_, place) => `${itemColumn(place)} SMALLINT`).join(', ')})`,
  );
  const appender = await connection.createAppender('answers');
  const types = Array.from({ length: texts.length + numbers.length }, (_, place) =>
    appender.columnType(place),
  );
  const progress =
    dictionary.rows === null
      ? null
      : countProgress(onProgress, { label: 'cases read:', total: dictionary.rows, alreadyDone: 0 });
  let rows = 0;
  for await (const { rows: filled, columns } of readSavRows(path, dictionary, wanted, {
    what,
    chunkRows: CHUNK_ROWS,
  })) {
    if (filled === 0) {
      continue;
    }
    const columnOf = (variable: SavVariable): SavColumn => columns[wanted.indexOf(variable)] ?? [];
    const chunk = library.DuckDBDataChunk.create(types, filled);
    chunk.setColumns([
      ...texts.map((variable) => (variable === null ? emptyTexts(filled) : asTexts(columnOf(variable)))),
      ...numbers.map((variable, place) =>
        place === 0
          ? asNumbers(columnOf(variable))
          : asCodes(columnOf(variable), (at, value) => {
              if (odd.size < REMEMBERED) {
                odd.set(`${rows + at} ${variable.name}`, value);
              }
            }),
      ),
    ]);
    appender.appendDataChunk(chunk);
    rows += filled;
    progress?.advance(filled);
  }
  appender.closeSync();
  return {
    rows,
    nameOfRow: (place) => `case ${(place + 1).toLocaleString('en')}`,
    textAt: async (place, column) => {
      const remembered = odd.get(`${place} ${column}`);
      return remembered === undefined ? storedText(db, place, column, found) : String(remembered);
    },
  };
}

async function storedText(
  { connection }: DuckDb,
  place: number,
  column: string,
  found: FoundColumns,
): Promise<string | null> {
  const names = new Map<string | null, string>([
    [found.country, 'country'],
    [found.countryCode, 'country_code'],
    [found.study, 'study'],
    [found.weight, 'weight'],
    ...found.fixed.map((name, at): [string, string] => [name, fixedColumn(at)]),
    ...found.items.map(({ column: name }, at): [string, string] => [name, itemColumn(at)]),
  ]);
  const name = names.get(column);
  if (name === undefined) {
    return null;
  }
  const result = await connection.run(`SELECT ${name}::VARCHAR AS value FROM answers WHERE rowid = ${place}`);
  const [row] = await result.getRowObjectsJS();
  return String(row?.value ?? '');
}

function emptyTexts(rows: number): string[] {
  return new Array<string>(rows).fill('');
}

/** Numbers as people write them; nothing for "system missing". */
function asTexts(column: SavColumn): string[] {
  return Array.from(column as ArrayLike<number | string>, (value) =>
    typeof value === 'string' ? value.trim() : Number.isNaN(value) ? '' : String(value),
  );
}

function asNumbers(column: SavColumn): (number | null)[] {
  return Array.from(column as ArrayLike<number | string>, (value) => {
    const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
    return Number.isNaN(number) ? null : number;
  });
}

function asCodes(column: SavColumn, onOdd: (place: number, value: number | string) => void): number[] {
  return Array.from(column as ArrayLike<number | string>, (value, place) => {
    if (typeof value === 'number' ? Number.isNaN(value) : value.trim() === '') {
      return NOTHING_THERE;
    }
    const number = Number(value);
    if (Number.isInteger(number) && Math.abs(number) < 30_000) {
      return number;
    }
    onOdd(place, value);
    return NO_WHOLE_NUMBER;
  });
}
