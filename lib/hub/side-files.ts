import { readFileSync } from 'node:fs';
import { sha256OfFile } from '../files/hash.js';
import { writeWhole } from '../files/write-whole.js';
import { pathBelow } from './file-names.js';
import { isPlainFile } from './local-file.js';
import type { SideFile } from './wanted-files.js';

/** Whether a file that the model is opened with is where it is looked for, wherever it lies in the repository. */
export async function isLaid({ name, alsoAt }: SideFile, root: string): Promise<boolean> {
  if (alsoAt === null) {
    return true;
  }
  const path = pathBelow(root, alsoAt);
  return isPlainFile(path) && (await sha256OfFile(path)) === (await sha256OfFile(pathBelow(root, name)));
}

/** Copies it there if need be. @throws InputError when the disk refuses */
export async function laySideFile(side: SideFile, root: string): Promise<void> {
  if (side.alsoAt !== null && !(await isLaid(side, root))) {
    await writeWhole(pathBelow(root, side.alsoAt), readFileSync(pathBelow(root, side.name)));
  }
}
