import type { DuckDb } from '../../store/index.js';

/**
 * The table `answers` that every reader of single answers fills: one row for each respondent in the order of the file,
 * in memory only. `country`, `country_code`, `study` and `fixed_0`, `fixed_1` ... are texts as they stand in the file,
 * `weight` is null where it is no number, `item_0`, `item_1` ... are whole numbers or one of these two.
 */
export const NOTHING_THERE = -32767;
export const NO_WHOLE_NUMBER = -32768;

/** Single answers in DuckDB, and the way back to what the file says. */
export interface AnswerTable {
  readonly rows: number;
  /** What a row is called in this kind of file: "row 12", "case 12". @param place from 0 */
  nameOfRow(place: number): string;
  /** What stands in the file, as text; null where it cannot be told any more. @param place from 0 */
  textAt(place: number, column: string): Promise<string | null>;
}

/** Names of the item columns of the table. */
export function itemColumn(place: number): string {
  return `item_${place}`;
}

/** Names of the columns that hold one value in every row. */
export function fixedColumn(place: number): string {
  return `fixed_${place}`;
}

/** A name as SQL writes it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Rows of a query; the numbers that DuckDB counts in (BIGINT, HUGEINT) become numbers. */
export async function queryRows(
  { connection }: Pick<DuckDb, 'connection'>,
  sql: string,
): Promise<Record<string, string | number | null>[]> {
  const rows = await (await connection.run(sql)).getRowObjectsJS();
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'bigint' ? Number(value) : (value as string | number | null),
      ]),
    ),
  );
}
