import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { keyOf, openStore, readKeys, readReadings } from '../../../lib/runs/store/index.js';
import { exampleManifest, exampleReading, exampleReadings, temporaryFolders } from './fixtures.js';

const newFolder = temporaryFolders();

/** Takes a column out of a part, as if it had been written before there was that column. */
async function dropColumn(path: string, column: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const select = `SELECT * EXCLUDE (${column}) FROM read_parquet('${path}')`;
  await connection.run(`COPY (${select}) TO '${path}.old' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  renameSync(`${path}.old`, path);
}

it('a part from before answer texts is read and gone on from; a part without an older column is refused', async () => {
  const folder = newFolder();
  const store = await openStore(folder, { write: true });
  await store.writeManifest(exampleManifest());
  const path = await store.writePart(0, exampleReadings(1, 3));
  await store.close();
  await dropColumn(path, 'option_token_counts');
  expect(await readReadings(folder)).toStrictEqual(exampleReadings(1, 3));

  const resumed = await openStore(folder, { write: true });
  expect([...resumed.keys]).toEqual(exampleReadings(1, 3).map(keyOf));
  const texts = exampleReading(1, { readingKind: 'answer-text', optionTokenCounts: [1, 4, 2] });
  await resumed.writePart(resumed.nextPart, [texts]);
  await resumed.close();
  expect(await readReadings(folder)).toStrictEqual([...exampleReadings(1, 3), texts]);
  expect((await readKeys(folder)).size).toBe(4);

  await dropColumn(join(folder, 'readings', 'part-00000.parquet'), 'top_tokens');
  await expect(readReadings(folder)).rejects.toThrow(/part-00000\.parquet is not a whole part .*top_tokens/);
});
