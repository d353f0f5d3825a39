import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../../files/input-error.js';
import { storageError } from '../../files/storage-error.js';
import { commitFile } from '../../files/write-whole.js';
import type { Reading } from '../../types.js';
import { checkPart } from './check-part.js';
import { MANIFEST_FILE, partName, readingsFolder, temporaryPartName } from './layout.js';
import type { Lock } from './lock.js';
import { fixedFieldsThatDiffer, writeManifest } from './manifest.js';
import type { Manifest } from './manifest-record.js';
import type { ParquetFiles } from './parquet.js';
import { noteKeys } from './part-list.js';
import { keyOf } from './reading-key.js';

/** A run folder opened for writing: this process is its one writer until `close`. */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /** The manifest as it stands; null in a folder that is new. */
  readonly manifest: Manifest | null;
  /** Keys (`keyOf`) of the readings stored, growing with every part: what a resumed run leaves out. */
  readonly keys: ReadonlySet<string>;
  /** One more than the number of the last part; 0 without parts. */
  readonly nextPart: number;
  /**
   * Replaces the manifest whole.
   *
   * @throws InputError when readings are stored and a field differs that they depend on (`FIXED_FIELDS`)
   */
  writeManifest(manifest: Manifest): Promise<void>;
  /**
   * Writes one immutable part: all of these readings or, after any error or a kill, none.
   *
   * @param index number of the part, 0 ... 99999; 17 becomes part-00017.parquet
   * @returns path of the part
   * @throws InputError when the part exists, a key is stored already, a value cannot be stored unchanged (NaN,
   *   Infinity ...), the manifest is missing, the lock was lost, or the disk refuses
   */
  writePart(index: number, readings: readonly Reading[]): Promise<string>;
  /** Waits for parts being written, then gives the lock back. */
  close(): Promise<void>;
}

/** What `openStore` found and holds. */
export interface OpenedFolder {
  readonly folder: string;
  readonly lock: Lock;
  readonly files: ParquetFiles;
  readonly manifest: Manifest | null;
  /** Key -> path of its part. */
  readonly partOfKey: Map<string, string>;
  readonly nextPart: number;
}

/** The writing half of the store, over a folder that is locked and whose keys are known. */
export function createStore(opened: OpenedFolder): Store {
  const { folder, lock, files, partOfKey } = opened;
  const numbersUnderWay = new Set<number>();
  const keys = new Set(partOfKey.keys());
  const underWay = new Set<Promise<unknown>>();
  let { manifest, nextPart } = opened;
  let closed = false;

  function assertOpen(): void {
    if (closed) {
      throw new Error(`The store ${folder} is closed.`);
    }
    lock.assertHeld();
  }

  async function replaceManifest(next: Manifest): Promise<void> {
    assertOpen();
    const differing = manifest !== null && partOfKey.size > 0 ? fixedFieldsThatDiffer(manifest, next) : [];
    if (differing.length > 0) {
      throw new InputError(
        `Writing ${join(folder, MANIFEST_FILE)}: the readings stored there were made with another ${differing.join(', ')}. ` +
          'Expected the same, or readings of two runs would mix. Choose another folder, or delete this one and probe again.',
      );
    }
    await writeManifest(folder, next);
    manifest = next;
  }

  async function addPart(index: number, readings: readonly Reading[]): Promise<string> {
    assertOpen();
    if (manifest === null) {
      throw new InputError(
        `Writing ${partName(index)}: ${folder} has no ${MANIFEST_FILE} yet. Write the manifest before the first part.`,
      );
    }
    const path = join(readingsFolder(folder), partName(index));
    checkPart(index, readings);
    if (existsSync(path) || numbersUnderWay.has(index)) {
      throw new InputError(
        `Writing ${basename(path)}: ${path} exists. Expected a new number (the next is ${nextPart}); a part is never written over.`,
      );
    }
    // Number and keys are taken before the first await, so that two parts written at once cannot both bring them.
    const newKeys = readings.map(keyOf);
    takeKeys(newKeys, path);
    numbersUnderWay.add(index);
    const temporary = join(readingsFolder(folder), temporaryPartName(index));
    try {
      await files.write(temporary, readings);
      lock.assertHeld();
      await commitFile(temporary, path);
    } catch (error) {
      for (const key of newKeys) {
        partOfKey.delete(key);
      }
      await rm(temporary, { force: true }).catch(() => undefined);
      throw storageError(`Writing ${basename(path)}`, path, error);
    } finally {
      numbersUnderWay.delete(index);
    }
    for (const key of newKeys) {
      keys.add(key);
    }
    nextPart = Math.max(nextPart, index + 1);
    return path;
  }

  function takeKeys(newKeys: readonly string[], path: string): void {
    const double = noteKeys(partOfKey, newKeys, path);
    if (double !== null) {
      throw new InputError(
        `Writing ${basename(path)}: the reading ${double.key} is in ${basename(double.path)} already. Expected every ` +
          'reading once. Leave out what the store has (its keys), and ask for each prompt once. Nothing of this part was written.',
      );
    }
  }

  return {
    folder,
    get manifest() {
      return manifest;
    },
    keys,
    get nextPart() {
      return nextPart;
    },
    writeManifest: (next) => track(underWay, replaceManifest(next)),
    writePart: (index, readings) => track(underWay, addPart(index, readings)),
    close: async () => {
      if (closed) {
        return;
      }
      closed = true;
      await Promise.allSettled(underWay);
      files.close();
      lock.release();
    },
  };
}

async function track<Value>(underWay: Set<Promise<unknown>>, work: Promise<Value>): Promise<Value> {
  underWay.add(work);
  try {
    return await work;
  } finally {
    underWay.delete(work);
  }
}
