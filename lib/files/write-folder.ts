import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { commitFolder } from './commit-folder.js';
import { storageError } from './storage-error.js';
import { temporaryNameBeside } from './temporary-name.js';
import { makeFolder, writeWhole } from './write-whole.js';

/**
 * Writes a folder of text files so that it is either whole or not there: under a temporary name beside its place, flushed,
 * then renamed. A folder that is there already is replaced, and stays until the new one is whole.
 *
 * @param files text by file name
 * @throws InputError when the disk refuses; an older folder is then still there
 */
export async function writeFolder(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const path = resolve(folder);
  const unfinished = temporaryNameBeside(path, 'new');
  try {
    await makeFolder(dirname(path));
    await mkdir(unfinished);
    for (const [name, content] of Object.entries(files)) {
      await writeWhole(join(unfinished, name), content);
    }
    await commitFolder(unfinished, path);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw storageError(`Writing ${basename(path)}`, path, error);
  }
}
