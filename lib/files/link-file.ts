import { copyFile, link, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storageError } from './storage-error.js';
import { temporaryNameBeside } from './temporary-name.js';
import { makeFolder } from './write-whole.js';

/**
 * Puts the content of one file under a second name, as a plain file: a hard link, or a copy where the disk knows none or is
 * another one. What stood under that name, be it a symbolic link to this very file, is replaced in one step.
 *
 * @param from file, or symbolic link to it
 * @throws InputError when the disk refuses; what stood there is then still there
 */
export async function linkFile(from: string, to: string, doing: string): Promise<void> {
  const temporary = temporaryNameBeside(to, 'new');
  try {
    const source = await realpath(from);
    await makeFolder(dirname(to));
    await link(source, temporary).catch(() => copyFile(source, temporary));
    await rename(temporary, to);
  } catch (error) {
    throw storageError(doing, to, error);
  } finally {
    // Renaming one hard link over another of the same file does nothing and leaves both.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
