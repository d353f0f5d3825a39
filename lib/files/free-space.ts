import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Bytes that this user may still write to the disk of a folder, which need not exist yet; null where the disk does not tell,
 * as some network disks do not.
 */
export async function freeSpace(folder: string): Promise<number | null> {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) {
    existing = dirname(existing);
  }
  try {
    const { bavail, bsize } = await statfs(existing);
    return bavail * bsize;
  } catch {
    return null;
  }
}
