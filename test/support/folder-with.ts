import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new temporary folder in which the files of these paths lie, all empty. */
export function folderWith(...paths: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'folder-'));
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  return folder;
}
