import type { FileHandle } from 'node:fs/promises';
import type { SavDictionary } from './sav-dictionary.js';

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

/** Elements of eight bytes, one after another, as they are or unpacked from SPSS's bytecode. */
export class ElementReader {
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
