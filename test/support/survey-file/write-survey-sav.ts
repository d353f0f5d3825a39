import { closeSync, openSync, writeSync } from 'node:fs';
import type { MadeUpColumn, MadeUpRow } from './made-up-survey.js';

const BIAS = 100;
const TEXT_BYTES = 24;

/** How a .sav file may be written. */
export interface SavStyle {
  /** `bytecode`: as SPSS does; `padded`: each row's last codes filled with zeros, as ReadStat does; `none`: eight bytes each. */
  readonly compression: 'bytecode' | 'padded' | 'none';
  /** Number of rows in the head; -1 stands for "not told". */
  readonly rowsInHead: number;
  readonly labels?: Readonly<
    Record<string, { readonly label: string; readonly values: readonly [number, string][] }>
  >;
}

/**
 * Writes rows as an SPSS system file ("PSPP Developer's Guide", chapter System File Format), as far as a survey needs it:
 * numbers, and texts of at most 24 bytes.
 */
export function writeSurveySav(
  path: string,
  columns: readonly MadeUpColumn[],
  rows: Iterable<MadeUpRow>,
  style: SavStyle,
): void {
  const file = openSync(path, 'w');
  writeSync(file, dictionary(columns, style));
  const out =
    style.compression === 'none' ? new PlainElements() : new Bytecode(style.compression === 'padded');
  for (const row of rows) {
    row.forEach((field, place) => {
      if (columns[place]?.kind === 'text') {
        const bytes = Buffer.alloc(TEXT_BYTES, ' ');
        bytes.write(String(field ?? ''));
        for (let at = 0; at < TEXT_BYTES; at += 8) {
          out.text(bytes.subarray(at, at + 8));
        }
      } else {
        out.number(field === null || field === undefined ? null : Number(field));
      }
    });
    out.endRow();
    if (out.size > 1 << 20) {
      writeSync(file, out.take());
    }
  }
  out.end();
  writeSync(file, out.take());
  closeSync(file);
}

class PlainElements {
  #parts: Buffer[] = [];
  size = 0;
  number(value: number | null): void {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value ?? -Number.MAX_VALUE);
    this.#add(bytes);
  }
  text(bytes: Buffer): void {
    this.#add(bytes);
  }
  endRow(): void {}
  end(): void {}
  take(): Buffer {
    const all = Buffer.concat(this.#parts);
    this.#parts = [];
    this.size = 0;
    return all;
  }
  #add(bytes: Buffer): void {
    this.#parts.push(Buffer.from(bytes));
    this.size += bytes.length;
  }
}

class Bytecode {
  #out = Buffer.alloc(1 << 22);
  #codesAt = -1;
  #codes = 8;
  #rest: Buffer[] = [];
  size = 0;
  readonly #pads: boolean;

  constructor(pads: boolean) {
    this.#pads = pads;
  }

  number(value: number | null): void {
    if (value === null) {
      this.#code(255);
    } else if (Number.isInteger(value) && value > -BIAS && value < 252 - BIAS) {
      this.#code(value + BIAS);
    } else {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(value);
      this.#code(253, bytes);
    }
  }

  text(bytes: Buffer): void {
    if (bytes.every((byte) => byte === 32)) {
      this.#code(254);
    } else {
      this.#code(253, Buffer.from(bytes));
    }
  }

  endRow(): void {
    while (this.#pads && this.#codes < 8) {
      this.#code(0);
    }
  }

  end(): void {
    if (this.#pads) {
      return;
    }
    this.#code(252);
    while (this.#codes < 8) {
      this.#code(0);
    }
  }

  take(): Buffer {
    // Codes that are not yet eight stay for the next time.
    const whole = this.#codes === 8 ? this.size : this.#codesAt;
    const taken = Buffer.from(this.#out.subarray(0, whole));
    this.#out.copyWithin(0, whole, this.size);
    this.size -= whole;
    this.#codesAt = this.#codes === 8 ? -1 : 0;
    return taken;
  }

  #code(code: number, bytes?: Buffer): void {
    if (this.#codes === 8) {
      this.#codesAt = this.size;
      this.size += 8;
      this.#codes = 0;
      this.#rest = [];
    }
    this.#out[this.#codesAt + this.#codes] = code;
    this.#codes += 1;
    if (bytes !== undefined) {
      this.#rest.push(bytes);
    }
    if (this.#codes === 8) {
      for (const part of this.#rest) {
        part.copy(this.#out, this.size);
        this.size += 8;
      }
      this.#rest = [];
    }
  }
}

function dictionary(
  columns: readonly MadeUpColumn[],
  { compression, rowsInHead, labels = {} }: SavStyle,
): Buffer {
  const parts: Buffer[] = [];
  const int = (value: number): void => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    parts.push(bytes);
  };
  const double = (value: number): void => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    parts.push(bytes);
  };
  const text = (value: string, width: number): void => {
    const bytes = Buffer.alloc(width, ' ');
    bytes.write(value);
    parts.push(bytes);
  };
  const elements = columns.map(({ kind }) => (kind === 'text' ? TEXT_BYTES / 8 : 1));
  text('$FL2', 4);
  text('@(#) SPSS DATA FILE - made up for a test', 60);
  int(2);
  int(elements.reduce((sum, count) => sum + count, 0));
  int(compression === 'none' ? 0 : 1);
  int(0);
  int(rowsInHead);
  double(BIAS);
  text('01 Jan 20', 9);
  text('00:00:00', 8);
  text('', 64);
  parts.push(Buffer.alloc(3));
  const shortName = (place: number): string => `V${String(place).padStart(5, '0')}`;
  const format = (type: number, width: number): number => (type << 16) | (width << 8);
  columns.forEach(({ name, kind }, place) => {
    const label = labels[name]?.label;
    const [type, form] = kind === 'text' ? [TEXT_BYTES, format(1, TEXT_BYTES)] : [0, format(5, 8)];
    for (const value of [2, type, label === undefined ? 0 : 1, 0, form, form]) {
      int(value);
    }
    text(shortName(place), 8);
    if (label !== undefined) {
      int(Buffer.byteLength(label));
      text(label, Math.ceil(Buffer.byteLength(label) / 4) * 4);
    }
    for (let more = 1; kind === 'text' && more < TEXT_BYTES / 8; more += 1) {
      for (const value of [2, -1, 0, 0, 0, 0]) {
        int(value);
      }
      text('', 8);
    }
  });
  let index = 1;
  columns.forEach(({ name }, place) => {
    const values = labels[name]?.values ?? [];
    if (values.length > 0) {
      int(3);
      int(values.length);
      for (const [value, label] of values) {
        double(value);
        parts.push(Buffer.from([Buffer.byteLength(label)]));
        text(label, Math.ceil((Buffer.byteLength(label) + 1) / 8) * 8 - 1);
      }
      int(4);
      int(1);
      int(index);
    }
    index += elements[place] ?? 1;
  });
  const info = (subtype: number, size: number, bytes: Buffer): void => {
    for (const value of [7, subtype, size, bytes.length / size]) {
      int(value);
    }
    parts.push(bytes);
  };
  info(13, 1, Buffer.from(columns.map(({ name }, place) => `${shortName(place)}=${name}`).join('\t')));
  info(20, 1, Buffer.from('UTF-8'));
  int(999);
  int(0);
  return Buffer.concat(parts);
}
