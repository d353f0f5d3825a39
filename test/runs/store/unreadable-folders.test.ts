import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../lib/files/input-error.js';
import { openStore, readKeys, readReadings } from '../../../lib/runs/store/index.js';
import { exampleReadings } from './fixtures.js';
import { partPath, query, temporaryRuns } from './run-folders.js';

const { newFolder, folderWith } = temporaryRuns();

describe('a folder that cannot be read says which file and what to do', () => {
  const readers = {
    readReadings,
    readKeys,
    openStore: (folder: string) => openStore(folder, { write: true }),
  };

  test.each(Object.entries(readers))('%s: a part cut short anywhere', async (_, read) => {
    const folder = await folderWith(exampleReadings(1, 20), exampleReadings(21, 20));
    const path = partPath(folder, 1);
    const whole = readFileSync(path);
    for (const length of [0, 1, 4, 100, Math.floor(whole.length / 2), whole.length - 8, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      const refusal = read(folder);
      await expect(refusal).rejects.toThrow(InputError);
      await expect(refusal).rejects.toThrow(
        /part-00001\.parquet is not a whole part \(.*\)\. Expected a Parquet file .* Delete this one file and repeat the probe/s,
      );
    }
    // The way out that the message names works.
    rmSync(path);
    expect(await readReadings(folder)).toStrictEqual(exampleReadings(1, 20));
    const store = await openStore(folder, { write: true });
    expect(store.keys.size).toBe(20);
    await store.writePart(store.nextPart, exampleReadings(21, 20));
    await store.close();
  });

  test.each(Object.entries(readers))(
    '%s: a part that is no Parquet, or Parquet of something else',
    async (_, read) => {
      const folder = await folderWith(exampleReadings(1, 2));
      const path = partPath(folder, 1);
      writeFileSync(path, 'variable,country\nQ1,NLD\n');
      await expect(read(folder)).rejects.toThrow(/part-00001\.parquet is not a whole part/);
      await query(`COPY (SELECT 1 AS variable) TO '${path}' (FORMAT parquet)`);
      await expect(read(folder)).rejects.toThrow(/part-00001\.parquet is not a whole part \(.*not found/s);
      await query(
        `COPY (SELECT * REPLACE (1 AS variable) FROM '${partPath(folder, 0)}') TO '${path}' (FORMAT parquet)`,
      );
      await expect(read(folder)).rejects.toThrow(
        /\(column variable has the type INTEGER instead of VARCHAR\)/,
      );
    },
  );

  test.each(Object.entries(readers))(
    '%s: the same reading in two parts, or twice in one',
    async (_, read) => {
      const folder = await folderWith(exampleReadings(1, 2));
      copyFileSync(partPath(folder, 0), partPath(folder, 3));
      await expect(read(folder)).rejects.toThrow(
        /the reading \["Q1","NLD",.*\] is there more than once: it is in .*part-00000\.parquet and in .*part-00003\.parquet\. .*Delete the part/,
      );
      rmSync(partPath(folder, 3));
      const all = `SELECT * FROM '${partPath(folder, 0)}'`;
      await query(`COPY (${all} UNION ALL ${all}) TO '${partPath(folder, 4)}' (FORMAT parquet)`);
      rmSync(partPath(folder, 0));
      await expect(read(folder)).rejects.toThrow(/part-00004\.parquet holds it twice/);
    },
  );

  test.each(Object.entries(readers))('%s: another contract number', async (_, read) => {
    const folder = await folderWith(exampleReadings(1, 2));
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ contract: 3, anything: 'else' }));
    await expect(read(folder)).rejects.toThrow(
      /manifest\.json was written under store contract 3\. Expected contract 2, .* Use the version that wrote the folder/,
    );
  });

  test.each([
    ['readReadings', readReadings],
    ['readKeys', readKeys],
  ])('%s: no manifest, or no folder at all', async (_, read) => {
    const folder = newFolder();
    mkdirSync(join(folder, 'readings'));
    for (const place of [folder, join(folder, 'nowhere')]) {
      await expect(read(place)).rejects.toThrow(
        /has no manifest\.json\. Expected the folder of one model's run/,
      );
    }
  });

  test('openStore: parts without a manifest', async () => {
    const folder = await folderWith(exampleReadings(1, 2));
    rmSync(join(folder, 'manifest.json'));
    await expect(openStore(folder, { write: true })).rejects.toThrow(
      /holds 1 parts and no manifest\.json\. Expected both/,
    );
  });

  test('openStore: a failed opening gives the lock back', async () => {
    const folder = await folderWith(exampleReadings(1, 2));
    writeFileSync(join(folder, 'manifest.json'), '{');
    await expect(openStore(folder, { write: true })).rejects.toThrow(/manifest\.json is not valid JSON/);
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'readings']);
  });

  test('openStore: a file where the folder should be', async () => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, '');
    await expect(openStore(path, { write: true })).rejects.toThrow(
      /^Opening a run folder for writing: .* cannot be written \(/,
    );
  });
});
