import { open } from 'node:fs/promises';
import { InputError, messageOf } from '../../../files/input-error.js';
import { type CsvLayout, csvLayout, type FoundColumns } from '../../../survey/import/file-layout.js';
import { type DuckDb, quoted } from '../../store/index.js';
import {
  type AnswerTable,
  fixedColumn,
  itemColumn,
  NO_WHOLE_NUMBER,
  NOTHING_THERE,
  queryRows,
  sqlName,
} from './answer-table.js';

/** Longer than any line of titles; a file of fewer bytes is read whole. */
const START_BYTES = 1 << 20;

/** The layout of a CSV file of single answers, from its first line. @throws InputError as {@link csvLayout} does */
export async function readCsvLayout(path: string, what: string): Promise<CsvLayout> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return csvLayout(buffer.toString('utf8', 0, bytesRead), { path, what });
  } finally {
    await file.close();
  }
}

/**
 * Fills the table of answers from a CSV file in one pass. Every column is read as text and turned into numbers here, so
 * that nothing is guessed from the first rows.
 *
 * @throws InputError naming the row that has another number of fields or cannot be read
 */
export async function readCsvAnswers(
  db: DuckDb,
  { path, what, layout, found }: { path: string; what: string; layout: CsvLayout; found: FoundColumns },
): Promise<AnswerTable> {
  const source = csvSource(path, layout);
  const asText = (column: string | null): string => (column === null ? "''" : `trim(${sqlName(column)})`);
  const columns = [
    `${asText(found.country)} AS country`,
    `${asText(found.countryCode)} AS country_code`,
    `${asText(found.study)} AS study`,
    ...found.fixed.map((column, place) => `${asText(column)} AS ${fixedColumn(place)}`),
    `TRY_CAST(${asText(found.weight)} AS DOUBLE) AS weight`,
    ...found.items.map(({ column }, place) => `${wholeNumber(sqlName(column))} AS ${itemColumn(place)}`),
  ];
  try {
    await db.connection.run(`CREATE TABLE answers AS SELECT ${columns.join(', ')} FROM ${source}`);
  } catch (error) {
    throw unreadable(error, { path, what, columns: layout.columns.length });
  }
  const [counted] = await queryRows(db, 'SELECT count(*) AS n FROM answers');
  return {
    rows: Number(counted?.n ?? 0),
    // The titles are row 1.
    nameOfRow: (place) => `row ${(place + 2).toLocaleString('en')}`,
    textAt: async (place, column) => {
      const [row] = await queryRows(
        db,
        `SELECT ${sqlName(column)} AS value FROM ${source} LIMIT 1 OFFSET ${place}`,
      );
      return row === undefined ? null : String(row.value ?? '');
    },
  };
}

function csvSource(path: string, { delimiter, columns }: CsvLayout): string {
  const types = columns.map((column, place) => `${quoted(uniqueName(columns, column, place))}: 'VARCHAR'`);
  return (
    `read_csv(${quoted(path.replace(/[[*?]/g, (sign) => `[${sign}]`))}, auto_detect = false, header = true, ` +
    `delim = ${quoted(delimiter)}, quote = '"', escape = '"', columns = {${types.join(', ')}})`
  );
}

/** Only columns that nothing is read from may occur twice; DuckDB wants different names for them all the same. */
function uniqueName(columns: readonly string[], column: string, place: number): string {
  const isRepeated = columns.some(
    (other, otherPlace) => otherPlace < place && other.toLowerCase() === column.toLowerCase(),
  );
  return isRepeated ? `${column} (column ${place + 1})` : column;
}

/** A cast from text to a whole number rounds; only a text with a point has to be asked whether it is whole. */
function wholeNumber(column: string): string {
  const decimal = `TRY_CAST(${column} AS DOUBLE)`;
  const isWhole = `${decimal} = round(${decimal}) AND abs(${decimal}) < 30000`;
  const found =
    `CASE WHEN ${column} IS NULL OR trim(${column}) = '' THEN ${NOTHING_THERE} ` +
    `WHEN contains(${column}, '.') THEN CASE WHEN ${isWhole} THEN TRY_CAST(${decimal} AS SMALLINT) END ` +
    `ELSE TRY_CAST(${column} AS SMALLINT) END`;
  return `CAST(coalesce(${found}, ${NO_WHOLE_NUMBER}) AS SMALLINT)`;
}

function unreadable(
  error: unknown,
  { path, what, columns }: { path: string; what: string; columns: number },
): InputError {
  const text = messageOf(error);
  const line = /\bLine: (\d+)/i.exec(text)?.[1];
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/i.exec(text);
  const row = line === undefined ? '' : `, row ${Number(line).toLocaleString('en')}`;
  if (/invalid unicode|not utf-8|utf-8 encoded/i.test(text)) {
    return new InputError(
      `Reading ${what}: ${path}${row}: found text that is not UTF-8. Expected UTF-8. Save the file as CSV in UTF-8, or import the .sav file.`,
    );
  }
  if (counts !== null) {
    return new InputError(
      `Reading ${what}: ${path}${row}: found ${counts[2]} fields. Expected ${columns}, as many as the titles in row 1. ` +
        'The file is cut short or damaged: download it again.',
    );
  }
  if (/unterminated quote/i.test(text)) {
    return new InputError(
      `Reading ${what}: ${path}${row}: found a quotation mark that is not closed. Expected ${columns} fields. ` +
        'The file is cut short or damaged: download it again.',
    );
  }
  if (/out of memory/i.test(text)) {
    return new InputError(
      `Reading ${what}: ${path} takes more memory than an import may (${text.split('\n')[0]}). Expected a file of the official size. ` +
        'Take out columns that are not needed, or rows of other countries.',
    );
  }
  return new InputError(
    `Reading ${what}: ${path}${row} cannot be read (${text.split('\n')[0]}). Expected a CSV file of ${columns} columns. Download it again.`,
  );
}
