import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { linkFile } from './link-file.js';
import { storageError } from './storage-error.js';
import { temporaryNameBeside } from './temporary-name.js';
import { commitFile } from './write-whole.js';

/** A finished file and the name that it is to get. */
export interface FinishedFile {
  readonly finished: string;
  readonly path: string;
}

/**
 * Gives finished files their names, all or none: where one cannot have its name, those before it are as they were. Files that
 * are there are replaced.
 *
 * @throws InputError naming the file that the disk refuses; the finished files are then gone
 */
export async function commitFiles(files: readonly FinishedFile[]): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const kept: string[] = [];
  try {
    for (const { finished, path } of files) {
      const doing = `Writing ${basename(path)}`;
      if (existsSync(path)) {
        const old = temporaryNameBeside(path, 'old');
        await linkFile(path, old, doing);
        kept.push(old);
        undo.push(() => rename(old, path));
      } else {
        undo.push(() => rm(path, { force: true }));
      }
      await commitFile(finished, path).catch((error: unknown) => {
        throw storageError(doing, path, error);
      });
    }
  } catch (error) {
    for (const step of undo.toReversed()) {
      await step();
    }
    throw error;
  } finally {
    for (const path of [...kept, ...files.map(({ finished }) => finished)]) {
      await rm(path, { force: true });
    }
  }
}
