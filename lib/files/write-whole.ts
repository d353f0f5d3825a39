import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError, messageOf } from './input-error.js';

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed to disk, then renamed.
 *
 * A reader never sees half a file, and a kill or a full disk leaves the old one as it was.
 *
 * @throws InputError naming the file when the folder cannot be written to
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const file = openSync(temporary, 'w');
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(file, bytes, written);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new InputError(
      `Writing ${path}: ${messageOf(error)}. Nothing was changed. Free some space, or choose a folder that can be written to.`,
    );
  }
}
