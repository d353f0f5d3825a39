import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from './input-error.js';

let root: string | undefined;

/** Absolute path of a file or folder below the project's root, for example `projectPath('notebooks')`. */
export function projectPath(...parts: readonly string[]): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return join(root, ...parts);
}

/** Absolute path of a file or folder below `data/`. */
export function dataPath(...parts: readonly string[]): string {
  return projectPath('data', ...parts);
}

// The same module runs as lib/files/*.ts (tests) and lib/dist/files/*.js (everything else), so the root is searched for.
function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(join(folder, 'data', 'items', 'bank'))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new InputError(`Looking for the project's data: no folder above ${from} holds data/items/bank.`);
    }
    folder = parent;
  }
  return folder;
}
