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
  readonly SavFileReader: new (
    path: string,
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
    readonly reader: { close(): Promise<void> };
    open(): Promise<void>;
  };
}

const { SavFileReader } = createRequire(import.meta.url)('sav-reader') as SavReaderPackage;

/**
 * Reads the dictionary of a .sav file: variables, labels, where the rows begin.
 *
 * @throws InputError for another kind of file, a ZLIB-compressed one (.zsav) and a file that ends too early
 */
export async function readSavDictionary(path: string, what: string): Promise<SavDictionary> {
  const file = new SavFileReader(path);
  try {
    await file.open();
  } catch (error) {
    throw notReadable(path, what, messageOf(error));
  } finally {
    await file.reader.close().catch(() => undefined);
  }
  const { header, sysvars, valueLabels, firstRecordPosition } = file.meta;
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

function notReadable(path: string, what: string, reason: string): InputError {
  return /ZLIB/.test(reason)
    ? new InputError(
        `Reading ${what}: ${path} is a ZLIB-compressed SPSS file (.zsav). Expected a plain .sav file. ` +
          'Save it as .sav, or import the CSV file.',
      )
    : new InputError(
        `Reading ${what}: ${path} cannot be read as an SPSS file (${reason}). Expected a whole .sav file. Download it again.`,
      );
}
