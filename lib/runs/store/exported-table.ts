import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storageError } from '../../files/storage-error.js';
import { commitFile, makeFolder } from '../../files/write-whole.js';
import { CHUNK_ROWS, type DuckDb, openDuckDb, quoted } from './duckdb.js';

/** What a cell of an exported table holds. Null is an empty field in CSV. */
export type ExportedValue = string | number | boolean | null;

/** A column of an exported table. */
export interface ExportedColumn {
  readonly name: string;
  readonly type: 'VARCHAR' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN';
}

/** Kinds of files, by their ending. Numbers in CSV are the shortest that read back to the same float64. */
const COPY_OPTIONS = {
  '.parquet': 'FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false',
  '.csv': 'FORMAT csv, HEADER, USE_TMP_FILE false',
} as const;

export type ExportedEnding = keyof typeof COPY_OPTIONS;

export const EXPORTED_ENDINGS = Object.keys(COPY_OPTIONS) as readonly ExportedEnding[];

/**
 * Writes a table as one file: under a temporary name beside it, flushed, then renamed. A file that is there is replaced.
 *
 * @param batches rows in their order, each row in the order of the columns
 * @returns the number of rows
 * @throws InputError when the disk refuses, and whatever the batches throw; nothing is then written
 */
export async function writeExportedTable(
  table: {
    readonly path: string;
    readonly ending: ExportedEnding;
    readonly columns: readonly ExportedColumn[];
  },
  batches: AsyncIterable<readonly (readonly ExportedValue[])[]>,
): Promise<number> {
  const { path, ending, columns } = table;
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const database = await openDuckDb();
  try {
    const rows = await fillTable(database, columns, batches);
    await makeFolder(dirname(path));
    const selected = columns.map((column) => select(column, ending));
    await database.connection.run(
      `COPY (SELECT ${selected.join(', ')} FROM exported) TO ${quoted(temporary)} (${COPY_OPTIONS[ending]})`,
    );
    await commitFile(temporary, path);
    return rows;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(`Writing ${basename(path)}`, path, error);
  } finally {
    database.close();
  }
}

/** R takes TRUE and FALSE for truth values, not true and false; pandas takes both. */
function select({ name, type }: ExportedColumn, ending: ExportedEnding): string {
  return type === 'BOOLEAN' && ending === '.csv' ? `upper("${name}"::VARCHAR) AS "${name}"` : `"${name}"`;
}

async function fillTable(
  { library, connection }: DuckDb,
  columns: readonly ExportedColumn[],
  batches: AsyncIterable<readonly (readonly ExportedValue[])[]>,
): Promise<number> {
  const definitions = columns.map(({ name, type }) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE exported (${definitions.join(', ')})`);
  const appender = await connection.createAppender('exported');
  const types = columns.map((_, index) => appender.columnType(index));
  let rows = 0;
  for await (const batch of batches) {
    for (let start = 0; start < batch.length; start += CHUNK_ROWS) {
      const some = batch.slice(start, start + CHUNK_ROWS);
      const chunk = library.DuckDBDataChunk.create(types, some.length);
      chunk.setColumns(columns.map((_, column) => some.map((row) => row[column] ?? null)));
      appender.appendDataChunk(chunk);
    }
    rows += batch.length;
  }
  appender.closeSync();
  return rows;
}
