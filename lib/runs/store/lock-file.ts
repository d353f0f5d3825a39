import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError, messageOf } from '../../files/input-error.js';
import { parseJson } from '../../files/read-json.js';

/** Who writes to a run folder: the content of its lock file. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** The command line, for people. */
  readonly command: string;
  /** ISO time. */
  readonly startedAt: string;
  /** Tells this taking of the lock from every other. */
  readonly token: string;
}

const holderSchema: z.ZodType<LockHolder> = z.strictObject({
  pid: z.int().positive(),
  host: z.string(),
  command: z.string(),
  startedAt: z.iso.datetime(),
  token: z.uuid(),
});

/** The holder that a lock file or a claim names; null when there is no such file. @throws InputError when damaged */
export function readHolder(path: string): LockHolder | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
  try {
    return parseJson(text, holderSchema, { what: 'the lock of a run', path });
  } catch (error) {
    throw new InputError(
      `${messageOf(error)}\nIf no other process writes to this run folder, delete ${path} and repeat the command.`,
    );
  }
}

/**
 * Makes a file appear whole, as a link to a finished one.
 *
 * @returns false when the target exists, or when the source was cleared away by a process that just took the lock
 */
export function linkIfAbsent(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/** Writes the file that becomes the lock by a link. */
export function writeHolder(path: string, holder: LockHolder): void {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, `${JSON.stringify(holder, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Where a process prepares its lock. */
export function preparedLockPath(folder: string, holder: LockHolder): string {
  return join(folder, `.lock.${holder.token}.tmp`);
}

/** The file that gives one process the right to replace the lock of `holder`. */
export function claimPath(folder: string, holder: LockHolder): string {
  return join(folder, `.lock.${holder.token}.claim`);
}

/**
 * Clears away prepared locks and claims. Only for who holds the lock: claims on locks of the past give no right any
 * more, and whose prepared lock goes meanwhile prepares it again.
 */
export function removeLockLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^\.lock\..*\.(tmp|claim)$/.test(name)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}
