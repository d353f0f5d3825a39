import { InputError } from '../../files/input-error.js';
import type { Reading } from '../../types.js';
import { readManifest } from './manifest.js';
import { openParquetFiles, type ParquetFiles } from './parquet.js';
import { listParts, noteKeys } from './part-list.js';
import { keyOf } from './reading-key.js';

/**
 * All readings of a run folder in the order of parts and rows. Takes no lock: a run may be going on, and its finished
 * parts are read.
 *
 * @throws InputError when the folder has no manifest or one of another contract, when a part is damaged (names the
 *   file), or when two rows have one key (names both files)
 */
export async function readReadings(folder: string): Promise<Reading[]> {
  readManifest(folder);
  const files = await openParquetFiles();
  try {
    const partOfKey = new Map<string, string>();
    const paths = listParts(folder).map(({ path }) => path);
    const parts = await files.read(paths);
    for (const [place, path] of paths.entries()) {
      noteFileKeys(partOfKey, parts[place]?.map(keyOf) ?? [], path);
    }
    return parts.flat();
  } finally {
    files.close();
  }
}

/** The keys (`keyOf`) of all readings of a run folder. @throws InputError as {@link readReadings} does */
export async function readKeys(folder: string): Promise<Set<string>> {
  readManifest(folder);
  const files = await openParquetFiles();
  try {
    return new Set((await collectKeys(folder, files)).keys());
  } finally {
    files.close();
  }
}

/** Key -> path of its part, for all readings of a run folder. */
export async function collectKeys(folder: string, files: ParquetFiles): Promise<Map<string, string>> {
  const partOfKey = new Map<string, string>();
  const paths = listParts(folder).map(({ path }) => path);
  const keys = await files.readKeys(paths);
  for (const [place, path] of paths.entries()) {
    noteFileKeys(partOfKey, keys[place] ?? [], path);
  }
  return partOfKey;
}

function noteFileKeys(partOfKey: Map<string, string>, keys: readonly string[], path: string): void {
  const double = noteKeys(partOfKey, keys, path);
  if (double !== null) {
    const where = double.path === path ? `${path} holds it twice` : `it is in ${double.path} and in ${path}`;
    throw new InputError(
      `Reading the readings of a run: the reading ${double.key} is there more than once: ${where}. Expected every reading ` +
        'once. Delete the part that was added by hand (in doubt the later one) and repeat the probe: it computes what is missing.',
    );
  }
}
