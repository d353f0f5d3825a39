import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../files/input-error.js';
import { storageError } from '../../files/storage-error.js';
import { makeFolder } from '../../files/write-whole.js';
import { isTemporaryName, MANIFEST_FILE, readingsFolder } from './layout.js';
import { acquireLock } from './lock.js';
import { readManifest } from './manifest.js';
import { openParquetFiles, type ParquetFiles } from './parquet.js';
import { listParts } from './part-list.js';
import { collectKeys } from './read-readings.js';
import { createStore, type Store } from './store.js';

/** How to open a run folder. */
export interface OpenStoreOptions {
  /** Says at the call that the lock is taken; reading needs no opening (`readReadings`, `readKeys`, `readManifest`). */
  readonly write: true;
  /** Command line that the lock names to others; this process's own by default. */
  readonly command?: string;
}

/**
 * Opens a run folder for writing and makes it if need be; takes the lock, clears away what a killed writer left
 * half-written, and collects the keys of the readings that are there.
 *
 * @throws InputError when another process holds the lock, when the manifest is of another contract or missing beside
 *   parts, when a part is damaged or a key is there twice, or when the disk refuses
 */
export async function openStore(folder: string, options: OpenStoreOptions): Promise<Store> {
  const path = resolve(folder);
  try {
    await makeFolder(readingsFolder(path));
  } catch (error) {
    throw storageError('Opening a run folder for writing', path, error);
  }
  const lock = acquireLock(path, { command: options.command ?? ownCommand() });
  let files: ParquetFiles | undefined;
  try {
    await removeLeftovers(path);
    const manifest = existsSync(join(path, MANIFEST_FILE)) ? readManifest(path) : null;
    const parts = listParts(path);
    if (manifest === null && parts.length > 0) {
      throw new InputError(
        `Opening a run folder for writing: ${path} holds ${parts.length} parts and no ${MANIFEST_FILE}. Expected both, ` +
          `since only the manifest tells whose readings these are. Restore ${MANIFEST_FILE}, or delete the folder and probe again.`,
      );
    }
    files = await openParquetFiles();
    const partOfKey = await collectKeys(path, files);
    const nextPart = (parts.at(-1)?.index ?? -1) + 1;
    return createStore({ folder: path, lock, files, manifest, partOfKey, nextPart });
  } catch (error) {
    files?.close();
    lock.release();
    throw error;
  }
}

// Only the holder of the lock writes here, so whatever is half-written now will never be finished.
async function removeLeftovers(folder: string): Promise<void> {
  for (const place of [folder, readingsFolder(folder)]) {
    for (const name of readdirSync(place)) {
      if (isTemporaryName(name) && !name.startsWith('.lock.')) {
        await rm(join(place, name), { force: true });
      }
    }
  }
}

function ownCommand(): string {
  const [, script = 'node', ...rest] = process.argv;
  return [basename(script), ...rest].join(' ');
}
