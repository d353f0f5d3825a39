import { lstatSync } from 'node:fs';
import { bytesAt } from '../files/growing-file.js';
import { InputError } from '../files/input-error.js';
import { linkFile } from '../files/link-file.js';
import { sizeInWords } from '../files/size-in-words.js';
import { digestFor, digestOnDisk } from './content-digest.js';
import { pathBelow } from './file-names.js';
import type { ModelPlace } from './model-place.js';
import type { RepositoryFile } from './repository.js';

const WORTH_A_WORD_BYTES = 200e6;

/** SHA-256 of a file with the right content, or behind a link to it; null where there is none. @throws InputError when it cannot be read */
export async function rightFile(
  path: string,
  file: RepositoryFile,
  onMessage: (line: string) => void,
): Promise<string | null> {
  if ((await bytesAt(path)) !== file.bytes) {
    return null;
  }
  if (file.bytes > WORTH_A_WORD_BYTES) {
    onMessage(`${file.name}: checking the ${sizeInWords(file.bytes)} that are there ...`);
  }
  const digest = digestFor(file);
  await digestOnDisk(path, digest);
  const { sha256, isRight } = digest.result();
  return isRight ? sha256 : null;
}

/** Whether something is a plain file: onnxruntime takes no external data from behind a symbolic link. */
export function isPlainFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Takes a file from this disk where it has it: in its place, behind a link there, or elsewhere in the cache.
 *
 * @returns its SHA-256, or null if it must be fetched
 * @throws InputError when the user's own folder holds another file of this name, or the disk refuses
 */
export async function takeLocal(
  file: RepositoryFile,
  place: ModelPlace,
  onMessage: (line: string) => void,
): Promise<string | null> {
  const path = pathBelow(place.root, file.name);
  const doing = `Placing ${file.name}`;
  const there = await rightFile(path, file, onMessage);
  if (there !== null) {
    if (!isPlainFile(path)) {
      await linkFile(path, path, doing);
    }
    return there;
  }
  if ((await bytesAt(path)) !== null) {
    if (place.isOwn) {
      throw new InputError(
        `Fetching ${file.name} into ${place.root}: a file of this name is there, with other content than the hub lists (${file.bytes} bytes). ` +
          'It is left as it is. Delete it to fetch it again, or choose another folder.',
      );
    }
    onMessage(`${file.name}: the file in the cache is damaged, fetching it again`);
  }
  for (const source of place.sources(file)) {
    const sha256 = await rightFile(source, file, () => undefined);
    if (sha256 !== null) {
      await linkFile(source, path, doing);
      return sha256;
    }
  }
  return null;
}
