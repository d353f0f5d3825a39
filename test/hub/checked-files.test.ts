import { copyFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { checkedFiles } from '../../lib/hub/checked-files.js';
import type * as ContentDigest from '../../lib/hub/content-digest.js';
import { EXTERNAL, environmentOf, fetchWith, newFolder, startLab } from './fetch-setup.js';
import type { HubServer } from './hub-server.js';

/** Files that were read for their checksum. */
const read: string[] = [];
vi.mock('../../lib/hub/content-digest.js', async (importOriginal) => {
  const original = await importOriginal<typeof ContentDigest>();
  return {
    ...original,
    digestOnDisk: (...[path, digest]: Parameters<typeof original.digestOnDisk>) => {
      read.push(path);
      return original.digestOnDisk(path, digest);
    },
  };
});

let hub: HubServer;
beforeAll(async () => {
  hub = await startLab();
});
beforeEach(() => {
  read.length = 0;
});
afterAll(() => hub.close());

it('what was checked is not read again until it changes', async () => {
  const environment = environmentOf(hub);
  const { model } = await fetchWith(environment, { id: EXTERNAL });
  const again = await fetchWith(environment, { id: EXTERNAL });
  expect(again.model.files).toEqual(model.files);
  expect(read).toEqual([]);
  const config = join(model.folder, 'config.json');
  // The same bytes, in a new file: to be looked at.
  copyFileSync(config, `${config}.copy`);
  renameSync(`${config}.copy`, config);
  expect((await fetchWith(environment, { id: EXTERNAL })).model.downloadedBytes).toBe(0);
  expect(read).toEqual([config]);
});

it('other bytes of the same size and time of modification are noticed', async () => {
  const root = newFolder();
  const path = join(root, 'a.bin');
  writeFileSync(path, 'one');
  utimesSync(path, 1e9, 1e9);
  await checkedFiles(root).remember(new Map([['a.bin', 'abc']]));
  expect(checkedFiles(root).sha256Of('a.bin')).toBe('abc');
  await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(path, 'two');
  utimesSync(path, 1e9, 1e9);
  expect(checkedFiles(root).sha256Of('a.bin')).toBeNull();
  expect(checkedFiles(root).sha256Of('b.bin')).toBeNull();
});

it('a list that is damaged is as good as none', () => {
  const root = newFolder();
  writeFileSync(join(root, '.culture-lens-checked.json'), '{"a.bin": 7');
  expect(checkedFiles(root).sha256Of('a.bin')).toBeNull();
});
