import { stringify } from 'csv-stringify/sync';

/** Rows of one shape as CSV with a line of titles; null becomes an empty field. */
export function csvText<Row extends object>(rows: readonly Row[]): string {
  return stringify([...rows], { header: true, columns: Object.keys(rows[0] ?? {}) });
}
