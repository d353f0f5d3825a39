import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/**
 * A name beside a file or folder that no other process and no other write of this one takes, for what is not finished yet
 * (`new`) or no longer wanted (`old`). The random part never reaches a result.
 */
export function temporaryNameBeside(path: string, what: 'new' | 'old'): string {
  return join(dirname(path), `.${basename(path)}.${what}-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
}
