import { InputError, messageOf } from '../../files/input-error.js';
import type { Reading, TopToken } from '../../types.js';
import { CHUNK_ROWS, oneAtATime, openDuckDb, pathPattern, quoted } from './duckdb.js';
import { READING_COLUMNS, type ReadingColumn, type ReadingRow, readingFromRow } from './reading-columns.js';
import { keyOf, type ReadingKey } from './reading-key.js';

/** DuckDB in memory, as far as the store uses it: readings to and from single Parquet files. */
export interface ParquetFiles {
  /** Writes readings, in their order, to a file that must not be looked at before this is done. */
  write(path: string, readings: readonly Reading[]): Promise<void>;
  /** For each file all rows in the order written. @throws InputError naming the file that is not a whole part */
  read(paths: readonly string[]): Promise<Reading[][]>;
  /** For each file the keys of all rows in the order written; much cheaper than the rows. @throws InputError as `read` does */
  readKeys(paths: readonly string[]): Promise<string[][]>;
  close(): void;
}

// The fields of a ReadingKey.
const KEY_COLUMNS = READING_COLUMNS.filter(({ field }) =>
  ['variable', 'country', 'template', 'order', 'format', 'readingKind'].includes(field),
);

/** Starts one DuckDB instance; it holds nothing but the part being written. */
export async function openParquetFiles(): Promise<ParquetFiles> {
  const { library: duckdb, connection, close } = await openDuckDb();
  const inTurn = oneAtATime();
  let tables = 0;

  async function write(path: string, readings: readonly Reading[]): Promise<void> {
    tables += 1;
    const table = `part_${tables}`;
    await connection.run(`CREATE TABLE ${table} (${READING_COLUMNS.map(columnDefinition).join(', ')})`);
    try {
      const appender = await connection.createAppender(table);
      const types = READING_COLUMNS.map((_, index) => appender.columnType(index));
      for (let start = 0; start < readings.length; start += CHUNK_ROWS) {
        const rows = readings.slice(start, start + CHUNK_ROWS);
        const chunk = duckdb.DuckDBDataChunk.create(types, rows.length);
        chunk.setColumns(READING_COLUMNS.map(({ field }) => rows.map((row) => toDuckValue(row[field]))));
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
      await connection.run(
        `COPY ${table} TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`,
      );
    } finally {
      await connection.run(`DROP TABLE ${table}`);
    }
  }

  async function readRows(
    paths: readonly string[],
    columns: readonly ReadingColumn[],
  ): Promise<ReadingRow[][]> {
    const rows: ReadingRow[][] = [];
    for (let start = 0; start < paths.length; start += FILES_TOGETHER) {
      const some = paths.slice(start, start + FILES_TOGETHER);
      if (await haveOneSchema(some)) {
        rows.push(...(await readTogether(some, columns)));
      } else {
        rows.push(...(await readEach(some, columns)));
      }
    }
    return rows;
  }

  /** A question to many files costs little more than one to a single file, but answers for files of one shape only. */
  async function haveOneSchema(paths: readonly string[]): Promise<boolean> {
    try {
      const schema = await connection.run(
        `SELECT file_name, name, type, converted_type, logical_type, repetition_type FROM parquet_schema(${list(paths)})`,
      );
      const shapes = new Map<unknown, string>();
      for (const { file_name: file, ...field } of await schema.getRowObjectsJS()) {
        shapes.set(file, `${shapes.get(file) ?? ''}${JSON.stringify(field)}`);
      }
      return shapes.size === paths.length && new Set(shapes.values()).size === 1;
    } catch {
      return false;
    }
  }

  async function readTogether(
    paths: readonly string[],
    columns: readonly ReadingColumn[],
  ): Promise<ReadingRow[][]> {
    try {
      const rows = await select(`read_parquet(${list(paths)}, filename = true)`, columns, ['filename']);
      const byPath = new Map<unknown, ReadingRow[]>(paths.map((path) => [path, []]));
      for (const row of rows) {
        byPath.get(row.filename)?.push(row);
      }
      return [...byPath.values()];
    } catch (error) {
      // One of them is at fault, and is named when it is read alone.
      return paths.length === 1 ? Promise.reject(notWhole(paths[0] ?? '', error)) : readEach(paths, columns);
    }
  }

  async function readEach(
    paths: readonly string[],
    columns: readonly ReadingColumn[],
  ): Promise<ReadingRow[][]> {
    const rows: ReadingRow[][] = [];
    for (const path of paths) {
      rows.push(await readAlone(path, columns));
    }
    return rows;
  }

  async function readAlone(path: string, columns: readonly ReadingColumn[]): Promise<ReadingRow[]> {
    try {
      return await select(`read_parquet(${list([path])})`, columns);
    } catch (error) {
      throw notWhole(path, error);
    }
  }

  async function select(
    source: string,
    columns: readonly ReadingColumn[],
    more: readonly string[] = [],
  ): Promise<ReadingRow[]> {
    const present = columns.some(({ addedLater }) => addedLater)
      ? (await connection.run(`SELECT * FROM ${source} LIMIT 0`)).columnNames()
      : [];
    const selected = columns.map(({ name, type, addedLater }) =>
      addedLater && !present.includes(name) ? `NULL::${type} AS "${name}"` : `"${name}"`,
    );
    const result = await connection.run(`SELECT ${[...selected, ...more].join(', ')} FROM ${source}`);
    columns.forEach(({ name, type }, index) => {
      const found = String(result.columnType(index));
      if (found !== type) {
        throw new Error(`column ${name} has the type ${found} instead of ${type}`);
      }
    });
    return rowsOf(result.columnNames(), await result.getColumnsJS());
  }

  function toDuckValue(
    value: Reading[keyof Reading],
  ): ReturnType<typeof duckdb.listValue> | string | number | null {
    if (value === null || typeof value === 'string' || typeof value === 'number') {
      return value;
    }
    return duckdb.listValue(
      value.map((element) => (typeof element === 'number' ? element : tokenValue(element))),
    );
  }

  function tokenValue(token: TopToken): ReturnType<typeof duckdb.structValue> {
    return duckdb.structValue({ token_id: token.tokenId, text: token.text, log_prob: token.logProb });
  }

  return {
    write: (path, readings) => inTurn(() => write(path, readings)),
    read: async (paths) =>
      (await inTurn(() => readRows(paths, READING_COLUMNS))).map((rows) => rows.map(readingFromRow)),
    readKeys: async (paths) =>
      (await inTurn(() => readRows(paths, KEY_COLUMNS))).map((rows) =>
        rows.map((row) => keyOf(keyFromRow(row))),
      ),
    close,
  };
}

function keyFromRow(row: ReadingRow): ReadingKey {
  return Object.fromEntries(
    KEY_COLUMNS.map(({ name, field }) => [field, row[name]]),
  ) as unknown as ReadingKey;
}

function notWhole(path: string, error: unknown): InputError {
  return new InputError(
    `Reading the readings of a run: ${path} is not a whole part (${messageOf(error)}). ` +
      'Expected a Parquet file of readings, as the store writes them. ' +
      'Delete this one file and repeat the probe: it computes what was in it again and keeps the rest.',
  );
}

/** Rows from columns: far faster than asking DuckDB for rows. */
function rowsOf(names: readonly string[], columns: readonly (readonly unknown[])[]): ReadingRow[] {
  return (columns[0] ?? []).map(
    (_, place) =>
      Object.fromEntries(names.map((name, column) => [name, columns[column]?.[place]])) as ReadingRow,
  );
}

/** Files as read_parquet takes them. */
function list(paths: readonly string[]): string {
  return `[${paths.map((path) => pathPattern(path)).join(', ')}]`;
}

// Bounds the rows that are in memory twice while they are converted.
const FILES_TOGETHER = 64;

function columnDefinition({ name, type, nullable }: ReadingColumn): string {
  return `"${name}" ${type}${nullable ? '' : ' NOT NULL'}`;
}
