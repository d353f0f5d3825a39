import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll } from 'vitest';

/** A column of a fixture: its name, DuckDB type and values. */
export interface FixtureColumn {
  readonly name: string;
  readonly type: string;
  readonly values: readonly (string | number | null)[];
}

/** Writes a Parquet file with DuckDB alone, so that readers are not tested with a writer of the same hand. */
export async function writeParquet(path: string, columns: readonly FixtureColumn[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE t (${columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})`);
  const rows =
    columns[0]?.values.map((_, row) => columns.map(({ values }) => literal(values[row] ?? null))) ?? [];
  for (let start = 0; start < rows.length; start += 1000) {
    const some = rows.slice(start, start + 1000).map((row) => `(${row.join(', ')})`);
    await connection.run(`INSERT INTO t VALUES ${some.join(', ')}`);
  }
  await connection.run(`COPY t TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

function literal(value: string | number | null): string {
  if (value === null) {
    return 'NULL';
  }
  return typeof value === 'number' ? (Number.isNaN(value) ? "'NaN'" : String(value)) : `'${value}'`;
}

/** A file in the folder of a test. */
export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Gives new folders that are gone after the tests of a file. */
export function temporaryFolders(): () => string {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'mini-world-'));
    made.push(folder);
    return folder;
  };
}
