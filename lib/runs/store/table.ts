import { InputError, messageOf } from '../../files/input-error.js';
import { type DuckDb, oneAtATime, openDuckDb, pathPattern } from './duckdb.js';

/** A column of a Parquet table and its DuckDB type, spelled as DuckDB prints it. */
export interface TableColumn<Name extends string> {
  readonly name: Name;
  readonly type: 'VARCHAR' | 'FLOAT';
}

/** Where a table stands, and how it is made again. */
export interface TableSource {
  readonly path: string;
  /** What it holds, for example "the readings of a training". */
  readonly what: string;
  /** The way out of whatever is wrong with it, a sentence. */
  readonly remedy: string;
}

/**
 * The columns of a Parquet file that has these and no others, each as an array in the order of the rows.
 *
 * @throws InputError when the file is no Parquet file, and for a column that is missing, unknown or of another type
 */
export function readTable<Name extends string>(
  source: TableSource,
  columns: readonly TableColumn<Name>[],
): Promise<Readonly<Record<Name, readonly unknown[]>>> {
  return inTurn(() => readWith(source, columns));
}

// Starting DuckDB takes far longer than reading a small table, so that all of them share one.
let shared: Promise<DuckDb> | undefined;
const inTurn = oneAtATime();

async function readWith<Name extends string>(
  source: TableSource,
  columns: readonly TableColumn<Name>[],
): Promise<Readonly<Record<Name, readonly unknown[]>>> {
  shared ??= openDuckDb();
  const { connection } = await shared;
  try {
    const result = await connection.run(`SELECT * FROM read_parquet(${pathPattern(source.path)})`);
    requireColumns(
      source,
      columns,
      result.columnNames().map((name, index) => ({ name, type: String(result.columnType(index)) })),
    );
    const values = await result.getColumnsJS();
    const names = result.columnNames();
    const byName = columns.map(({ name }) => [name, values[names.indexOf(name)] ?? []] as const);
    return Object.fromEntries<readonly unknown[]>(byName) as Readonly<Record<Name, readonly unknown[]>>;
  } catch (error) {
    if (error instanceof InputError) {
      throw error;
    }
    throw new InputError(
      `Reading ${source.what}: ${source.path} cannot be read (${messageOf(error).split('\n')[0]}). Expected a whole Parquet file. ` +
        source.remedy,
    );
  }
}

function requireColumns(
  { what, path, remedy }: TableSource,
  wanted: readonly TableColumn<string>[],
  found: readonly { readonly name: string; readonly type: string }[],
): void {
  const list = (columns: readonly { readonly name: string; readonly type: string }[]): string =>
    columns.map(({ name, type }) => `${name} ${type}`).join(', ');
  const unlike = found.filter(
    ({ name, type }) => !wanted.some((one) => one.name === name && one.type === type),
  );
  const missing = wanted.filter(({ name }) => !found.some((one) => one.name === name));
  if (unlike.length > 0 || missing.length > 0) {
    const problems = [
      ...(unlike.length > 0 ? [`has the unknown column ${list(unlike)}`] : []),
      ...(missing.length > 0 ? [`lacks the column ${list(missing)}`] : []),
    ];
    throw new InputError(
      `Reading ${what}: ${path} ${problems.join(' and ')}. Expected ${list(wanted)}. ${remedy}`,
    );
  }
}
