import type { DuckDBConnection } from '@duckdb/node-api';

/** A DuckDB instance in memory. */
export interface DuckDb {
  readonly library: typeof import('@duckdb/node-api');
  readonly connection: DuckDBConnection;
  close(): void;
}

/** Starts DuckDB: one thread, since the processor belongs to the model; nothing is ever fetched or spilled to disk. */
export async function openDuckDb(): Promise<DuckDb> {
  const library = await import('@duckdb/node-api');
  const instance = await library.DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: '',
  });
  const connection = await instance.connect();
  return {
    library,
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** DuckDB takes at most this many rows in one chunk. */
export const CHUNK_ROWS = 2048;

/** A path as read_parquet takes it: as a pattern, so that its signs must be written to match themselves only. */
export function pathPattern(path: string): string {
  return quoted(path.replace(/[[*?]/g, (sign) => `[${sign}]`));
}

/** A text as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
