import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { commitFiles } from '../../files/commit-files.js';
import { sha256OfFile } from '../../files/hash.js';
import { storageError } from '../../files/storage-error.js';
import { temporaryNameBeside } from '../../files/temporary-name.js';
import { makeFolder, writeWhole } from '../../files/write-whole.js';
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

/** A table that is written, and what is said about it in a JSON file of its own. */
export interface ExportedTable<Description extends object> {
  readonly path: string;
  readonly ending: ExportedEnding;
  readonly columns: readonly ExportedColumn[];
  readonly descriptionPath: string;
  readonly describe: (table: { readonly rows: number; readonly sha256: string }) => Description;
}

/**
 * Writes a table and its description: both under temporary names beside their places, flushed, then renamed together. Files that
 * are there are replaced.
 *
 * @param batches rows in their order, each row in the order of the columns
 * @returns the description
 * @throws InputError when the disk refuses, and whatever the batches throw; nothing is then written
 */
export async function writeExportedTable<Description extends object>(
  table: ExportedTable<Description>,
  batches: AsyncIterable<readonly (readonly ExportedValue[])[]>,
): Promise<Description> {
  const { path, ending, columns, descriptionPath, describe } = table;
  const temporary = temporaryNameBeside(path, 'new');
  const temporaryDescription = temporaryNameBeside(descriptionPath, 'new');
  const database = await openDuckDb();
  try {
    const rows = await fillTable(database, columns, batches);
    await makeFolder(dirname(path));
    const selected = columns.map((column) => select(column, ending));
    await database.connection.run(
      `COPY (SELECT ${selected.join(', ')} FROM exported) TO ${quoted(temporary)} (${COPY_OPTIONS[ending]})`,
    );
    const description = describe({ rows, sha256: await sha256OfFile(temporary) });
    await writeWhole(temporaryDescription, `${JSON.stringify(description, null, 2)}\n`);
    await commitFiles([
      { finished: temporaryDescription, path: descriptionPath },
      { finished: temporary, path },
    ]);
    return description;
  } catch (error) {
    for (const unfinished of [temporary, temporaryDescription]) {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
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
