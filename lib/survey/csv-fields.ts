import { InputError } from '../files/input-error.js';
import type { CsvRow } from '../files/read-csv.js';

/** Where a CSV row stands, for error messages. */
export interface CsvSource {
  readonly path: string;
  /** What the file holds, for example "the country list". */
  readonly what: string;
}

/** A problem with one field of a CSV row, told with file, line, column, what was found and what was expected. */
export function fieldError<Column extends string>(
  source: CsvSource,
  row: CsvRow<Column>,
  column: Column,
  expected: string,
): InputError {
  return new InputError(
    `Reading ${source.what}: ${source.path} line ${row.line}, column ${column}: ` +
      `found "${row.values[column]}", expected ${expected}. Mend the file.`,
  );
}

/** One of a fixed list of words. @throws InputError naming line and column */
export function wordField<Column extends string, Word extends string>(
  source: CsvSource,
  row: CsvRow<Column>,
  column: Column,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === row.values[column]);
  if (found === undefined) {
    throw fieldError(source, row, column, `one of ${words.join(', ')}`);
  }
  return found;
}

/** A text that is not blank. @throws InputError naming line and column */
export function textField<Column extends string>(
  source: CsvSource,
  row: CsvRow<Column>,
  column: Column,
): string {
  if (row.values[column].trim() === '') {
    throw fieldError(source, row, column, 'a text');
  }
  return row.values[column];
}

/** A whole number that is not negative. @throws InputError naming line and column */
export function countField<Column extends string>(
  source: CsvSource,
  row: CsvRow<Column>,
  column: Column,
): number {
  if (!/^\d{1,15}$/.test(row.values[column])) {
    throw fieldError(source, row, column, 'a whole number');
  }
  return Number(row.values[column]);
}

/** A decimal number in a range, or null where the field is blank. @throws InputError naming line and column */
export function optionalNumberField<Column extends string>(
  source: CsvSource,
  row: CsvRow<Column>,
  column: Column,
  range: { readonly lowest: number; readonly highest: number },
): number | null {
  const text = row.values[column];
  if (text === '') {
    return null;
  }
  const value = /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.lowest && value <= range.highest)) {
    throw fieldError(source, row, column, `a number from ${range.lowest} to ${range.highest}, or nothing`);
  }
  return value;
}
