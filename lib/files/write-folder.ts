import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { storageError } from './storage-error.js';
import { makeFolder, syncFolder, writeWhole } from './write-whole.js';

/**
 * Writes a folder of text files so that it is either whole or not there: under a temporary name beside its place, flushed,
 * then renamed. A folder that is there already is replaced, and stays until the new one is whole.
 *
 * @param files text by file name
 * @throws InputError when the disk refuses; an older folder is then still there
 */
export async function writeFolder(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const path = resolve(folder);
  const beside = (what: string): string =>
    join(dirname(path), `.${basename(path)}.${what}-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
  const [unfinished, old] = [beside('new'), beside('old')];
  try {
    await makeFolder(dirname(path));
    await mkdir(unfinished);
    for (const [name, content] of Object.entries(files)) {
      await writeWhole(join(unfinished, name), content);
    }
    const replaces = existsSync(path);
    if (replaces) {
      await rename(path, old);
    }
    try {
      await rename(unfinished, path);
    } catch (error) {
      if (replaces) {
        await rename(old, path);
      }
      throw error;
    }
    await syncFolder(dirname(path));
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw storageError(`Writing ${basename(path)}`, path, error);
  }
}
