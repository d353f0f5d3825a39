import type { DuckDBConnection } from '@duckdb/node-api';

/** A DuckDB instance in memory. */
export interface DuckDb {
  readonly library: typeof import('@duckdb/node-api');
  readonly connection: DuckDBConnection;
  close(): void;
}

/** What DuckDB may take of the machine. */
export interface DuckDbLimits {
  /** Default: one, since the processor belongs to the model. */
  readonly threads?: number;
  /** In MB of 10^6 bytes; what needs more fails. Default: DuckDB's own, four fifths of the machine's. */
  readonly memoryMegabytes?: number;
}

/** Starts DuckDB in memory; nothing is ever fetched or spilled to disk. */
export async function openDuckDb({ threads = 1, memoryMegabytes }: DuckDbLimits = {}): Promise<DuckDb> {
  const library = await import('@duckdb/node-api');
  const instance = await library.DuckDBInstance.create(':memory:', {
    threads: String(threads),
    ...(memoryMegabytes === undefined ? {} : { memory_limit: `${memoryMegabytes}MB` }),
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

/**
 * Runs pieces of work one after another, in the order they were asked for: a DuckDB connection that is given a
 * statement while it carries out another fails now and then, when the machine is busy.
 */
export function oneAtATime(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
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
