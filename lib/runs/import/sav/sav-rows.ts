import { open } from 'node:fs/promises';
import { InputError } from '../../../files/input-error.js';
import type { SavDictionary, SavVariable } from './sav-dictionary.js';
import { ElementReader } from './sav-elements.js';

/** The values of some variables in some rows that follow each other: a column for each variable. */
export interface SavChunk {
  readonly rows: number;
  /** Numbers (NaN where the system has none) or texts without the spaces behind them. */
  readonly columns: readonly SavColumn[];
}

export type SavColumn = Float64Array | string[];

/**
 * Reads the rows of a .sav file in pieces, only the variables that are wanted.
 *
 * Rows are read here and not by sav-reader: its row reader takes zeros that pad a row for the end of the file (files
 * written by ReadStat, so by R and Python, then end after their first rows without a word), and waits for a promise at
 * every value, of which the official file has sixty million.
 *
 * @param wanted in the order of the chunk's columns
 * @throws InputError when the file ends inside a row, or before as many rows as its head says
 */
export async function* readSavRows(
  path: string,
  dictionary: SavDictionary,
  wanted: readonly SavVariable[],
  { what, chunkRows }: { readonly what: string; readonly chunkRows: number },
): AsyncGenerator<SavChunk> {
  const fields = dictionary.variables.map((variable) => ({ ...variable, place: wanted.indexOf(variable) }));
  const { rows: expected } = dictionary;
  const file = await open(path, 'r');
  try {
    const elements = new ElementReader(file, dictionary);
    let columns = newColumns(wanted, chunkRows);
    let filled = 0;
    for (let row = 0; expected === null || row < expected; row += 1) {
      let isFirst = true;
      for (const field of fields) {
        let text = '';
        for (let part = 0; part < field.elements; part += 1) {
          if (elements.needsMore()) {
            await elements.more();
          }
          if (!elements.next()) {
            if (isFirst && expected === null) {
              yield { rows: filled, columns: columns.map((column) => column.slice(0, filled)) };
              return;
            }
            throw endsEarly(path, what, { row, isBetweenRows: isFirst, expected });
          }
          isFirst = false;
          if (field.place >= 0 && field.kind === 'text') {
            text += elements.text();
          }
        }
        const column = columns[field.place];
        if (column !== undefined) {
          column[filled] = field.kind === 'text' ? text.trimEnd() : elements.number();
        }
      }
      filled += 1;
      if (filled === chunkRows) {
        yield { rows: filled, columns };
        columns = newColumns(wanted, chunkRows);
        filled = 0;
      }
    }
    yield { rows: filled, columns: columns.map((column) => column.slice(0, filled)) };
  } finally {
    await file.close();
  }
}

function newColumns(wanted: readonly SavVariable[], rows: number): SavColumn[] {
  return wanted.map(({ kind }) =>
    kind === 'text' ? new Array<string>(rows).fill('') : new Float64Array(rows),
  );
}

function endsEarly(
  path: string,
  what: string,
  { row, isBetweenRows, expected }: { row: number; isBetweenRows: boolean; expected: number | null },
): InputError {
  const wanted = expected === null ? 'whole rows' : `${expected.toLocaleString('en')} rows, as its head says`;
  return new InputError(
    `Reading ${what}: ${path} ends ${isBetweenRows ? `after case ${row.toLocaleString('en')}` : `inside case ${(row + 1).toLocaleString('en')}`}. ` +
      `Expected ${wanted}. The file is cut short: download it again.`,
  );
}
