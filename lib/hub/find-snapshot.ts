import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../files/input-error.js';
import { type FetchRecord, readFetchRecord } from './fetch-record.js';
import { isSafeName } from './file-names.js';
import { isCommit } from './hub-id.js';
import type { HubCaller } from './hub-request.js';
import type { ModelCache, ModelPlace } from './model-place.js';
import { findCommit, listRepository, type RepositoryFile } from './repository.js';

/** All files of the commit that is meant, and where they go. */
export interface Snapshot {
  readonly record: FetchRecord;
  readonly place: ModelPlace;
  /** Whether the record lies in the folder already. */
  readonly isRecorded: boolean;
}

/** Where to look: the cache, and the folder of the user's choice if there is one. */
export interface Places {
  readonly cache: ModelCache;
  readonly own: ModelPlace | null;
}

/**
 * Asks the hub which commit is meant, once, and for its list of files, unless both are known from an earlier time.
 *
 * @throws HubFailure; InputError when the user's folder holds another model
 */
export async function snapshotOfHub(
  caller: HubCaller,
  { cache, own }: Places,
  onMessage: (line: string) => void,
): Promise<Snapshot> {
  const { id, revision } = caller.asked;
  const known = isCommit(revision) ? knownRecord(own ?? cache.at(revision), id, revision) : null;
  const commit = known?.revision ?? (await findCommit(caller, onMessage));
  const place = own ?? cache.at(commit);
  const record = known ?? knownRecord(place, id, commit);
  return {
    record: record ?? { id, revision: commit, files: await listRepository(caller, commit, onMessage) },
    place,
    isRecorded: record !== null,
  };
}

/** The same without a request: what is on the disk. @throws InputError that says what is there, and what not */
export function snapshotOnDisk({ asked }: HubCaller, { cache, own }: Places): Snapshot {
  const { id, revision } = asked;
  if (own !== null) {
    const record = readFetchRecord(own.root);
    if (record === null || (isCommit(revision) && record.revision !== revision)) {
      throw notThere(id, revision, `${own.root} holds no files of it`);
    }
    return { record: sameModel(record, own, id, record.revision), place: own, isRecorded: true };
  }
  const commit = isCommit(revision) ? revision : cache.commitOf(revision);
  const commits = cache.commits();
  if (commit === null || !isCommit(commit) || !commits.includes(commit)) {
    const others = commits.length === 0 ? 'nothing of this model' : `the commits ${commits.join(', ')}`;
    throw notThere(id, revision, `${cache.folder} holds ${others}`);
  }
  const place = cache.at(commit);
  const record = knownRecord(place, id, commit);
  return {
    record: record ?? { id, revision: commit, files: filesIn(place.root) },
    place,
    isRecorded: record !== null,
  };
}

function knownRecord(place: ModelPlace, id: string, commit: string): FetchRecord | null {
  const record = readFetchRecord(place.root);
  return record === null ? null : sameModel(record, place, id, commit);
}

function sameModel(record: FetchRecord, { root }: ModelPlace, id: string, commit: string): FetchRecord {
  if (record.id !== id || record.revision !== commit) {
    throw new InputError(
      `Fetching ${id} at ${commit} into ${root}: it holds ${record.id} at ${record.revision}. Expected a new folder, or one of the ` +
        'same model and commit, so that files of two never mix. Choose another folder, or delete this one.',
    );
  }
  return record;
}

function notThere(id: string, revision: string, found: string): InputError {
  return new InputError(
    `Looking for ${id} at "${revision}" without the hub (HF_HUB_OFFLINE is set): ${found}. Expected files that were fetched before. ` +
      'Unset HF_HUB_OFFLINE and TRANSFORMERS_OFFLINE to fetch it, or ask for what is there by its commit (--revision).',
  );
}

/** What another tool of the hub has put there; nobody has written down what the checksums must be. */
function filesIn(root: string): RepositoryFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter(
      (name) => isSafeName(name) && statSync(join(root, name), { throwIfNoEntry: false })?.isFile() === true,
    )
    .map((name) => ({ name, bytes: statSync(join(root, name)).size, sha256: null, gitSha1: null }));
}
