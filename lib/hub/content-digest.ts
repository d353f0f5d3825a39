import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError, messageOf } from '../files/input-error.js';
import type { RepositoryFile } from './repository.js';

/** Checksums of a content that comes piece by piece. */
export interface ContentDigest {
  add(bytes: Uint8Array): void;
  /** To be called once, at the end. */
  result(): ContentSums;
}

export interface ContentSums {
  readonly sha256: string;
  /** Whether this is the content that the hub names; a file of which it names no checksum is believed. */
  readonly isRight: boolean;
}

export function digestFor(file: RepositoryFile): ContentDigest {
  const sha256 = createHash('sha256');
  // git hashes a header with the length before the content.
  const git = file.gitSha1 === null ? null : createHash('sha1').update(`blob ${file.bytes}\0`);
  return {
    add: (bytes) => {
      sha256.update(bytes);
      git?.update(bytes);
    },
    result: () => {
      const found = sha256.digest('hex');
      const isRight =
        (file.sha256 === null || file.sha256 === found) &&
        (git === null || git.digest('hex') === file.gitSha1);
      return { sha256: found, isRight };
    },
  };
}

/** Reads what lies on the disk into a digest. @throws InputError when it cannot be read */
export async function digestOnDisk(path: string, digest: ContentDigest): Promise<void> {
  try {
    for await (const piece of createReadStream(path)) {
      digest.add(piece as Uint8Array);
    }
  } catch (error) {
    throw new InputError(
      `Checking ${path}: it cannot be read (${messageOf(error)}). Expected a file that this user may read.`,
    );
  }
}
