import type { ExportedColumn, ExportedValue } from '../store/index.js';

/** A column of an exported table: its entry in the data dictionary, and how it is taken from a row. */
export interface ExportColumn<Row> extends ExportedColumn {
  /** What one step of the number is; null for text. */
  readonly unit: string | null;
  /** The values that it can take; null where any text may stand. */
  readonly range: string | null;
  readonly meaning: string;
  /** When it is missing; null where it never is. */
  readonly missing: string | null;
  readonly of: (row: Row) => ExportedValue;
}

/** The part of a column that a data dictionary tells. */
export type DictionaryEntry = Omit<ExportColumn<never>, 'of'>;

export function dictionaryEntry<Row>({ of: _, ...entry }: ExportColumn<Row>): DictionaryEntry {
  return entry;
}
