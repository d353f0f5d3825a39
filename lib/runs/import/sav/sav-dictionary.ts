import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { InputError, messageOf } from '../../../files/input-error.js';

/** A variable of a .sav file. */
export interface SavVariable {
  readonly name: string;
  readonly kind: 'number' | 'text';
  /** Elements of eight bytes that it takes in every row. */
  readonly elements: number;
  readonly label: string | null;
  readonly valueLabels: readonly { readonly value: number | string; readonly label: string }[];
}

/** What stands before the rows of a .sav file. */
export interface SavDictionary {
  readonly variables: readonly SavVariable[];
  /** Rows, as the head of the file says; null where it does not. */
  readonly rows: number | null;
  /** Byte at which the rows begin. */
  readonly rowsStart: number;
  /** What is added to a number that is stored in one byte; null where rows are not compressed. */
  readonly bias: number | null;
}

// The package is CommonJS and names no entry for `import`; only what is read of it is written down here.
interface SavReaderPackage {
  readonly SavBufferReader: new (
    start: Buffer,
  ) => {
    readonly meta: {
      readonly header: { readonly n_cases: number; readonly compression?: { readonly bias: number } };
      readonly sysvars: readonly {
        readonly name: string;
        readonly type: 0 | 1;
        readonly label: string | null;
        readonly __nb_string_contin_recs?: number;
        readonly __child_string_sysvars: readonly { readonly __nb_string_contin_recs?: number }[];
      }[];
      readonly valueLabels: readonly {
        readonly appliesToNames: readonly string[];
        readonly entries: readonly { readonly val: number | string; readonly label: string }[];
      }[];
      readonly firstRecordPosition: number;
    };
    open(): Promise<void>;
  };
}

/** Dictionaries of surveys take less than a megabyte; a longer one is met by reading on. */
const START_BYTES = 16 << 20;

const { SavBufferReader } = createRequire(import.meta.url)('sav-reader') as SavReaderPackage;

/**
 * Reads the dictionary of a .sav file: variables, labels, where the rows begin.
 *
 * @throws InputError for another kind of file, a ZLIB-compressed one (.zsav) and a file that ends too early
 */
export async function readSavDictionary(path: string, what: string): Promise<SavDictionary> {
  const { header, sysvars, valueLabels, firstRecordPosition } = await readMeta(path, what);
  const labels = new Map(valueLabels.flatMap((set) => set.appliesToNames.map((name) => [name, set.entries])));
  return {
    variables: sysvars.map((variable) => ({
      name: variable.name,
      kind: variable.type === 0 ? 'number' : 'text',
      elements: [variable, ...variable.__child_string_sysvars].reduce(
        (sum, part) => sum + 1 + (part.__nb_string_contin_recs ?? 0),
        0,
      ),
      label: variable.label,
      valueLabels: (labels.get(variable.name) ?? []).map(({ val, label }) => ({ value: val, label })),
    })),
    rows: header.n_cases >= 0 ? header.n_cases : null,
    rowsStart: firstRecordPosition,
    bias: header.compression?.bias ?? null,
  };
}

/** From a buffer: the package's reader of files gives up on those of less than a kilobyte. */
async function readMeta(
  path: string,
  what: string,
): Promise<InstanceType<SavReaderPackage['SavBufferReader']>['meta']> {
  for (let bytes = START_BYTES; ; bytes *= 4) {
    const start = await readStart(path, bytes);
    const file = new SavBufferReader(start);
    try {
      await file.open();
      return file.meta;
    } catch (error) {
      if (start.length < bytes) {
        throw notReadable(path, what, messageOf(error));
      }
    }
  }
}

async function readStart(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const length = Math.min(bytes, (await file.stat()).size);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function notReadable(path: string, what: string, message: string): InputError {
  // The package's own words for "there is no more" are about streams.
  const reason = /No data read|stream is closed|not enough bytes/.test(message)
    ? 'it ends before its rows begin'
    : message;
  return /ZLIB/.test(reason)
    ? new InputError(
        `Reading ${what}: ${path} is a ZLIB-compressed SPSS file (.zsav). Expected a plain .sav file. ` +
          'Save it as .sav, or import the CSV file.',
      )
    : new InputError(
        `Reading ${what}: ${path} cannot be read as an SPSS file (${reason}). Expected a whole .sav file. Download it again.`,
      );
}
