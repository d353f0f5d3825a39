import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryNameBeside } from './temporary-name.js';
import { syncFolder } from './write-whole.js';

/**
 * Gives a finished folder its name. One that is there already is replaced, and stays until the new one stands.
 *
 * @throws the disk's own error; an older folder is then still there
 */
export async function commitFolder(finished: string, path: string): Promise<void> {
  const old = temporaryNameBeside(path, 'old');
  const replaces = existsSync(path);
  if (replaces) {
    await rename(path, old);
  }
  try {
    await rename(finished, path);
  } catch (error) {
    if (replaces) {
      await rename(old, path);
    }
    throw error;
  }
  await syncFolder(dirname(path));
  await rm(old, { recursive: true, force: true });
}
