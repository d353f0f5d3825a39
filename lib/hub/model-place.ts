import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../files/write-whole.js';
import { pathBelow } from './file-names.js';
import type { RepositoryFile } from './repository.js';

/** Where the files of one commit go. */
export interface ModelPlace {
  /** Absolute; below it files lie as in the repository. */
  readonly root: string;
  /** Folder that one fetching process at a time may make. */
  readonly lock: string;
  /** Whether the folder is the user's own, in which nothing is replaced. */
  readonly isOwn: boolean;
  /** Files that may hold the same content already. */
  sources(file: RepositoryFile): string[];
}

/** A folder of the user's choice. */
export function ownPlace(folder: string): ModelPlace {
  const root = resolve(folder);
  return { root, lock: join(root, '.culture-lens-fetch.lock'), isOwn: true, sources: () => [] };
}

/** The part of the hub's cache that belongs to one model: the layout that all tools of the hub share. */
export interface ModelCache {
  readonly folder: string;
  at(commit: string): ModelPlace;
  /** The commit that a branch or tag named when it was last fetched; null if it never was. */
  commitOf(revision: string): string | null;
  /** Commits of which there are files. */
  commits(): string[];
  remember(revision: string, commit: string): Promise<void>;
}

export function modelCache(cache: string, id: string): ModelCache {
  const name = `models--${id.replace('/', '--')}`;
  const folder = join(resolve(cache), name);
  const snapshots = join(folder, 'snapshots');
  const commits = (): string[] => (existsSync(snapshots) ? readdirSync(snapshots) : []);
  const reference = (revision: string): string => pathBelow(join(folder, 'refs'), revision);
  const commitOf = (revision: string): string | null => {
    const path = reference(revision);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
  };
  return {
    folder,
    at: (commit) => ({
      root: join(snapshots, commit),
      lock: join(resolve(cache), '.locks', name, 'culture-lens-fetch'),
      isOwn: false,
      sources: (file) => [
        join(folder, 'blobs', file.sha256 ?? file.gitSha1 ?? 'none'),
        ...commits()
          .filter((other) => other !== commit)
          .map((other) => pathBelow(join(snapshots, other), file.name)),
      ],
    }),
    commitOf,
    commits,
    remember: async (revision, commit) => {
      if (commitOf(revision) !== commit) {
        await writeWhole(reference(revision), commit);
      }
    },
  };
}
