import { closeSync, openSync, writeSync } from 'node:fs';
import type { MadeUpColumn, MadeUpRow } from './made-up-survey.js';

/** Writes rows as the official CSV does: titles and texts in quotation marks, empty fields empty. */
export function writeSurveyCsv(
  path: string,
  columns: readonly MadeUpColumn[],
  rows: Iterable<MadeUpRow>,
  { delimiter = ',', mark = '' }: { readonly delimiter?: string; readonly mark?: string } = {},
): void {
  const file = openSync(path, 'w');
  let pending: string[] = [`${mark}${columns.map(({ name }) => `"${name}"`).join(delimiter)}`];
  const flush = (): void => {
    writeSync(file, `${pending.join('\n')}\n`);
    pending = [];
  };
  for (const row of rows) {
    pending.push(
      row.map((field) => (typeof field === 'string' ? `"${field}"` : (field ?? ''))).join(delimiter),
    );
    if (pending.length === 2000) {
      flush();
    }
  }
  if (pending.length > 0) {
    flush();
  }
  closeSync(file);
}
