import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { storageError } from './storage-error.js';
import { temporaryNameBeside } from './temporary-name.js';

/**
 * Writes a file so that a reader sees either the old file or the new one, whatever happens in between: under a
 * temporary name in the same folder, flushed to the disk, then renamed. Missing folders are made.
 *
 * @throws InputError when the disk is full or cannot be written; the old file is then still there, unchanged
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = temporaryNameBeside(path, 'new');
  try {
    await makeFolder(folder);
    const file = await open(temporary, 'wx');
    await closing(file, async () => {
      await file.writeFile(content);
      await file.sync();
    });
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(`Writing ${basename(path)}`, path, error);
  }
}

/** Makes a folder and what is missing above it. @throws the disk's own error */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    // Node says "no such file" of a read-only disk here; making the folders one by one brings out the true reason.
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) {
      throw error;
    }
    await makeFolder(parent);
    await mkdir(path);
  }
}

/** Gives a finished temporary file its name, surviving a power cut: flush the file, rename, flush the folder. */
export async function commitFile(temporary: string, path: string): Promise<void> {
  const file = await open(temporary, 'r+');
  await closing(file, () => file.sync());
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Flushes a folder's entries, so that a rename in it outlives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot flush a folder; its renames are journalled.
  if (process.platform === 'win32') {
    return;
  }
  const handle = await open(folder, 'r');
  await closing(handle, () => handle.sync());
}

async function closing(file: FileHandle, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await file.close();
  }
}
