import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../files/input-error.js';
import { megabytes } from './megabytes.js';

/** @throws InputError when a disk has fewer bytes free than are still to come */
export async function checkSpace(folder: string, bytes: number, id: string): Promise<void> {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) {
    existing = dirname(existing);
  }
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  if (bytes > free) {
    throw new InputError(
      `Fetching ${id} into ${folder}: ${megabytes(bytes)} are still to come, the disk has ${megabytes(free)} free. Nothing more was fetched. ` +
        'Free some space, set HF_HUB_CACHE to a folder on a larger disk, or choose one with --to.',
    );
  }
}
