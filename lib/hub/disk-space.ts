import { freeSpace } from '../files/free-space.js';
import { InputError } from '../files/input-error.js';
import { sizeInWords } from '../files/size-in-words.js';

/** @throws InputError when a disk has fewer bytes free than are still to come; one that does not tell is tried */
export async function checkSpace(folder: string, bytes: number, id: string): Promise<void> {
  const free = await freeSpace(folder);
  if (free !== null && bytes > free) {
    throw new InputError(
      `Fetching ${id} into ${folder}: ${sizeInWords(bytes)} are still to come, the disk has ${sizeInWords(free)} free. Nothing more was fetched. ` +
        'Free some space, set HF_HUB_CACHE to a folder on a larger disk, or choose one with --to.',
    );
  }
}
