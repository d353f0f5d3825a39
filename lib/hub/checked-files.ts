import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { writeWhole } from '../files/write-whole.js';
import { pathBelow } from './file-names.js';

/** Hidden, so that nobody takes it for a part of the model. */
const CHECKED_FILE = '.culture-lens-checked.json';

const stampSchema = z.strictObject({
  bytes: z.number(),
  modified: z.number(),
  changed: z.number(),
  inode: z.number(),
});
const checkedSchema = z.record(z.string(), z.strictObject({ stamp: stampSchema, sha256: z.string() }));

/**
 * Which files of a folder were found right, so that tens of gigabytes need not be read again each time: valid while size, times and
 * place on the disk are the same. The time of change (ctime) counts as well, since tools can set the time of modification.
 */
export interface CheckedFiles {
  /** SHA-256 of a file that is as it was when it was checked; null for every other. */
  sha256Of(name: string): string | null;
  /** Writes down that these files were checked. A folder that cannot be written is left as it is. */
  remember(sha256ByName: ReadonlyMap<string, string>): Promise<void>;
}

export function checkedFiles(root: string): CheckedFiles {
  const path = join(root, CHECKED_FILE);
  const known = readKnown(path);
  return {
    sha256Of: (name) => {
      const { stamp, sha256 } = known[name] ?? {};
      return sha256 !== undefined && isDeepStrictEqual(stamp, stampOf(root, name)) ? sha256 : null;
    },
    remember: async (sha256ByName) => {
      const fresh = [...sha256ByName].map(([name, sha256]) => [name, { stamp: stampOf(root, name), sha256 }]);
      const all = { ...known, ...Object.fromEntries(fresh) };
      if (!isDeepStrictEqual(all, known)) {
        await writeWhole(path, `${JSON.stringify(all)}\n`).catch(() => undefined);
      }
    },
  };
}

/** A list that cannot be read costs nothing but another check. */
function readKnown(path: string): z.infer<typeof checkedSchema> {
  try {
    return existsSync(path) ? checkedSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  } catch {
    return {};
  }
}

function stampOf(root: string, name: string): z.infer<typeof stampSchema> | null {
  const found = statSync(pathBelow(root, name), { throwIfNoEntry: false });
  return found === undefined
    ? null
    : { bytes: found.size, modified: found.mtimeMs, changed: found.ctimeMs, inode: found.ino };
}
