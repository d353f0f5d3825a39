import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '../../../files/input-error.js';
import type { SavDictionary, SavVariable } from './sav-dictionary.js';

/** The values of some variables in some rows that follow each other: a column for each variable. */
export interface SavChunk {
  readonly rows: number;
  /** Numbers (NaN where the system has none) or texts without the spaces behind them. */
  readonly columns: readonly SavColumn[];
}

export type SavColumn = Float64Array | string[];

const BLOCK_BYTES = 1 << 20;
/** No number of SPSS is smaller: it stands for "system missing". */
const SYSTEM_MISSING = -Number.MAX_VALUE;
const ELEMENT = 8;

// Bytes that stand for something else than themselves where rows are compressed.
const PADDING = 0;
const END_OF_ROWS = 252;
const EIGHT_BYTES_FOLLOW = 253;
const SPACES = 254;
const NO_VALUE = 255;

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

/** Elements of eight bytes, one after another, as they are or unpacked from SPSS's bytecode. */
class ElementReader {
  #bytes = Buffer.alloc(0);
  #at = 0;
  #fileAt: number;
  #isAtEnd = false;
  #codesAt = -1;
  #code = ELEMENT;
  #number = Number.NaN;
  /** Where the text of the element stands; below 0 where it has none, -1 for nothing and -2 for spaces. */
  #textAt = -1;
  #isEnded = false;
  readonly #file: FileHandle;
  readonly #bias: number | null;

  constructor(file: FileHandle, { rowsStart, bias }: SavDictionary) {
    this.#file = file;
    this.#fileAt = rowsStart;
    this.#bias = bias;
  }

  /** Whether the next element may lie beyond what was read: eight codes and eight bytes for each are enough. */
  needsMore(): boolean {
    return !this.#isAtEnd && this.#bytes.length - this.#at < 10 * ELEMENT;
  }

  async more(): Promise<void> {
    // The eight codes in use are kept with what follows them.
    const keep = this.#codesAt >= 0 ? this.#codesAt : this.#at;
    const rest = this.#bytes.subarray(keep);
    const { buffer, bytesRead } = await this.#file.read(
      Buffer.alloc(BLOCK_BYTES),
      0,
      BLOCK_BYTES,
      this.#fileAt,
    );
    this.#bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    this.#at -= keep;
    this.#codesAt = this.#codesAt >= 0 ? 0 : -1;
    this.#fileAt += bytesRead;
    this.#isAtEnd = bytesRead === 0;
  }

  /** Goes to the next element. @returns false where there is none, or only a part of one */
  next(): boolean {
    if (this.#bias === null) {
      return this.#eightBytes();
    }
    for (;;) {
      if (this.#isEnded) {
        return false;
      }
      if (this.#code === ELEMENT) {
        if (this.#bytes.length - this.#at < ELEMENT) {
          return false;
        }
        this.#codesAt = this.#at;
        this.#at += ELEMENT;
        this.#code = 0;
      }
      const code = this.#bytes[this.#codesAt + this.#code] ?? END_OF_ROWS;
      this.#code += 1;
      switch (code) {
        case PADDING:
          continue;
        case END_OF_ROWS:
          this.#isEnded = true;
          return false;
        case EIGHT_BYTES_FOLLOW:
          return this.#eightBytes();
        case SPACES:
          this.#number = Number.NaN;
          this.#textAt = -2;
          return true;
        case NO_VALUE:
          this.#number = Number.NaN;
          this.#textAt = -1;
          return true;
        default:
          this.#number = code - this.#bias;
          this.#textAt = -1;
          return true;
      }
    }
  }

  number(): number {
    return this.#number;
  }

  text(): string {
    const at = this.#textAt;
    return at >= 0 ? this.#bytes.toString('latin1', at, at + ELEMENT) : at === -2 ? '        ' : '';
  }

  #eightBytes(): boolean {
    if (this.#bytes.length - this.#at < ELEMENT) {
      return false;
    }
    const value = this.#bytes.readDoubleLE(this.#at);
    this.#number = value === SYSTEM_MISSING ? Number.NaN : value;
    this.#textAt = this.#at;
    this.#at += ELEMENT;
    return true;
  }
}
