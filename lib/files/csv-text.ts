import { stringify } from 'csv-stringify/sync';

/**
 * Rows of one shape as CSV with a line of titles; null becomes an empty field.
 *
 * @param columns titles in their order; the keys of the first row by default
 */
export function csvText<Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[] = Object.keys(rows[0] ?? {}) as (keyof Row & string)[],
): string {
  return stringify([...rows], { header: true, columns: [...columns] });
}
