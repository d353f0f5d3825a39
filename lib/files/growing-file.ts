import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storageError } from './storage-error.js';
import { commitFile, makeFolder } from './write-whole.js';

/**
 * A file that arrives piece by piece under a temporary name, and goes on growing there after an interruption. It gets its
 * own name only when it is whole.
 */
export interface GrowingFile {
  append(bytes: Uint8Array): Promise<void>;
  /** Throws away what has arrived. */
  restart(): Promise<void>;
  /** Closes the file; what has arrived stays for the next time. */
  close(): Promise<void>;
  /** Closes the file and gives it its own name, flushed to the disk: it is whole. */
  commit(path: string): Promise<void>;
  /** Closes the file and deletes it. */
  discard(): Promise<void>;
}

/**
 * Opens a temporary file for more bytes at its end; makes it, and the folders above it, where they are missing.
 *
 * @param doing what is being done, for error messages
 * @throws InputError when the disk refuses, in this and every later step; what has arrived stays
 */
export async function openGrowing(path: string, doing: string): Promise<GrowingFile> {
  const orExplain = async <T>(step: () => Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      throw storageError(doing, path, error);
    }
  };
  const file: FileHandle = await orExplain(async () => {
    await makeFolder(dirname(path));
    return open(path, 'a');
  });
  return {
    append: (bytes) => orExplain(() => file.appendFile(bytes)),
    restart: () => orExplain(() => file.truncate(0)),
    close: () => file.close(),
    commit: (whole) =>
      orExplain(async () => {
        await file.close();
        await commitFile(path, whole);
      }),
    discard: () =>
      orExplain(async () => {
        await file.close();
        await rm(path, { force: true });
      }),
  };
}

/** Bytes of a file, or of the file behind a link; null where there is none. */
export async function bytesAt(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}
