import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openStore, type Store } from '../../../lib/runs/store/index.js';
import type { Reading } from '../../../lib/types.js';
import { exampleManifest, temporaryFolders } from './fixtures.js';

/** A store in this folder that has its manifest and no readings. */
export async function newStore(folder: string): Promise<Store> {
  const store = await openStore(folder, { write: true });
  await store.writeManifest(exampleManifest());
  return store;
}

/** Makes run folders that are removed after each test. */
export function temporaryRuns(): {
  newFolder: () => string;
  /** A run folder with these parts, closed. */
  folderWith: (...parts: readonly (readonly Reading[])[]) => Promise<string>;
} {
  const newFolder = temporaryFolders();
  return {
    newFolder,
    folderWith: async (...parts) => {
      const folder = join(newFolder(), 'study', 'mini');
      const store = await newStore(folder);
      for (const [index, readings] of parts.entries()) {
        await store.writePart(index, readings);
      }
      await store.close();
      return folder;
    },
  };
}

export function partPath(folder: string, index: number): string {
  return join(folder, 'readings', `part-0000${index}.parquet`);
}

/** The names in a run folder and in its readings, hidden ones too. */
export function visibleAndHidden(folder: string): string[] {
  return [...readdirSync(folder), ...readdirSync(join(folder, 'readings'))].sort();
}

/** The rows of a query, asked in a DuckDB of its own. */
export async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const result = await connection.run(sql);
    return await result.getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
