import { parse } from 'csv-parse/sync';
import { InputError, messageOf } from './input-error.js';
import { readTextFile } from './read-json.js';

/** One row of a CSV file with its line number (the header is line 1). */
export interface CsvRow<Column extends string> {
  readonly line: number;
  readonly values: Readonly<Record<Column, string>>;
}

/** Reads a CSV file that must have the given columns (others are ignored). @throws InputError naming file and column. */
export function readCsvFile<Column extends string>(
  path: string,
  columns: readonly Column[],
  what: string,
): CsvRow<Column>[] {
  return parseCsv(readTextFile(path, what), columns, { path, what });
}

/** The pure part of {@link readCsvFile}. */
export function parseCsv<Column extends string>(
  text: string,
  columns: readonly Column[],
  source: { path: string; what: string; delimiter?: string },
): CsvRow<Column>[] {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    const { delimiter = ',' } = source;
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, info: true, delimiter });
  } catch (error) {
    throw new InputError(
      `Reading ${source.what}: ${source.path} is not a readable CSV file (${messageOf(error)}).`,
    );
  }
  const first = rows[0];
  if (first === undefined) {
    throw new InputError(
      `Reading ${source.what}: ${source.path} has no data rows. Expected the columns ${columns.join(', ')}.`,
    );
  }
  const missing = columns.filter((column) => !(column in first.record));
  if (missing.length > 0) {
    throw new InputError(
      `Reading ${source.what}: ${source.path} lacks the column ${missing.join(', ')}. ` +
        `Found: ${Object.keys(first.record).join(', ')}.`,
    );
  }
  return rows.map((row) => ({ line: row.info.lines, values: row.record as Record<Column, string> }));
}
