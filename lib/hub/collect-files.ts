import { dirname } from 'node:path';
import { withFolderLock } from '../files/folder-lock.js';
import { InputError } from '../files/input-error.js';
import { sizeInWords } from '../files/size-in-words.js';
import { storageError } from '../files/storage-error.js';
import { makeFolder } from '../files/write-whole.js';
import { checkedFiles } from './checked-files.js';
import { checkSpace } from './disk-space.js';
import { bytesToCome, downloadFile } from './download-file.js';
import { writeFetchRecord } from './fetch-record.js';
import type { Snapshot } from './find-snapshot.js';
import type { HubCaller } from './hub-request.js';
import { takeLocal } from './local-file.js';
import { nothingIsMissing } from './nothing-is-missing.js';
import type { RepositoryFile } from './repository.js';
import { laySideFile } from './side-files.js';
import { firstFiles, type WantedFiles } from './wanted-files.js';
import { weightsOf } from './weights-of.js';

/** How far a fetch is. */
export interface FetchProgress {
  /** Path in the repository. */
  readonly file: string;
  /** Bytes of this file that are there. */
  readonly received: number;
  /** Bytes of this file. */
  readonly total: number;
  readonly files: { readonly done: number; readonly total: number };
}

/** A file that is there and has been checked. */
export interface CollectedFile {
  /** Path in the repository. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface CollectOptions {
  readonly snapshot: Snapshot;
  readonly wanted: WantedFiles;
  readonly caller: HubCaller;
  readonly onProgress: (progress: FetchProgress) => void;
  readonly onMessage: (line: string) => void;
}

/** The files of a model on their way to their place. */
interface Work extends CollectOptions {
  /** Those that are there, with their SHA-256. */
  readonly checked: Map<string, string>;
  readonly fileOf: (name: string) => RepositoryFile;
  downloadedBytes: number;
}

/**
 * Brings all files of a model to their place: those that are there are checked and kept, the others fetched, the graph after the small
 * ones and its weights last. A folder in which nothing is missing
 * need not be writable.
 *
 * @throws HubFailure, FetchInterrupted, InputError; files that are whole by then stay, parts of others too
 */
export async function collectFiles(
  options: CollectOptions,
): Promise<{ readonly files: readonly CollectedFile[]; readonly downloadedBytes: number }> {
  const { snapshot, caller, onMessage } = options;
  const { lock } = snapshot.place;
  const work: Work = { ...options, checked: new Map(), fileOf: fileFinder(snapshot), downloadedBytes: 0 };
  if (!(await nothingIsMissing(work))) {
    try {
      await makeFolder(dirname(lock));
    } catch (error) {
      throw storageError('Locking', lock, error);
    }
    await withFolderLock(lock, () => bringAll(work), { onWait: onMessage, signal: caller.signal });
  }
  await checkedFiles(snapshot.place.root).remember(work.checked);
  return {
    files: [...work.checked].map(([name, sha256]) => ({ name, bytes: work.fileOf(name).bytes, sha256 })),
    downloadedBytes: work.downloadedBytes,
  };
}

async function bringAll(work: Work): Promise<void> {
  const { snapshot, wanted, caller } = work;
  const { root } = snapshot.place;
  if (!snapshot.isRecorded && !caller.settings.isOffline) {
    await writeFetchRecord(root, snapshot.record);
  }
  await bring(work, firstFiles(wanted), wanted.likelyWeights);
  await bring(work, weightsOf(snapshot, wanted), []);
  for (const side of wanted.sideFiles) {
    await laySideFile(side, root);
  }
}

/** @param likelyAfter what will probably come after these files, so that a disk which is too small is found early */
async function bring(work: Work, names: readonly string[], likelyAfter: readonly string[]): Promise<void> {
  const { snapshot, caller, onMessage, checked, fileOf } = work;
  const { place, record } = snapshot;
  for (const name of names.filter((one) => !checked.has(one))) {
    const local = await takeLocal(fileOf(name), place, onMessage);
    if (local !== null) {
      checked.set(name, local);
    }
  }
  const missing = names.filter((name) => !checked.has(name)).map(fileOf);
  const [first] = missing;
  if (first === undefined) {
    return;
  }
  if (caller.settings.isOffline) {
    throw missingOffline(first, work);
  }
  const toCome = await bytesToCome([...missing, ...likelyAfter.map(fileOf)], place.root);
  await checkSpace(place.root, toCome, record.id);
  for (const file of missing) {
    checked.set(file.name, await download(work, file));
  }
}

function download(work: Work, file: RepositoryFile): Promise<string> {
  const { snapshot, wanted, caller, onMessage, checked } = work;
  const whole = checked.size;
  const total = Math.max(firstFiles(wanted).length + wanted.likelyWeights.length, whole + 1);
  return downloadFile({
    file,
    commit: snapshot.record.revision,
    root: snapshot.place.root,
    caller,
    onMessage,
    onBytes: (received, fresh) => {
      work.downloadedBytes += fresh;
      const done = received === file.bytes ? whole + 1 : whole;
      work.onProgress({ file: file.name, received, total: file.bytes, files: { done, total } });
    },
  });
}

function fileFinder({ record }: Snapshot): (name: string) => RepositoryFile {
  const byName = new Map(record.files.map((file) => [file.name, file]));
  return (name) => {
    const file = byName.get(name);
    if (file === undefined) {
      throw new Error(`${name} is not among the files of the repository`);
    }
    return file;
  };
}

function missingOffline({ name, bytes }: RepositoryFile, { snapshot }: Work): InputError {
  const { record, place } = snapshot;
  return new InputError(
    `Opening ${record.id} at ${record.revision} without the hub (HF_HUB_OFFLINE is set): ${place.root} lacks ${name} ` +
      `(${sizeInWords(bytes)}). Expected a model that was fetched as a whole. Unset HF_HUB_OFFLINE and TRANSFORMERS_OFFLINE, and repeat ` +
      'the command: it goes on from what is there.',
  );
}
