import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { InputError } from './input-error.js';
import { processIsGone } from './process-gone.js';
import { storageError } from './storage-error.js';
import { writeWhole } from './write-whole.js';

const POLL_MILLISECONDS = 200;
/** How old a lock without a holder's name may be; the name is written right after the folder is made. */
const UNSIGNED_MILLISECONDS = 5_000;

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** ISO time at which it took the lock. */
  startedAt: z.iso.datetime(),
});

type Holder = z.infer<typeof holderSchema>;

/**
 * Runs an action while holding a lock folder, so that two processes never build the same thing at once; the second
 * waits. A lock whose holder on this host has died is taken over.
 *
 * @param options.onWait told once, in plain words, who is waited for
 * @param options.signal ends the waiting with its own reason
 * @throws InputError when the folder cannot be made, or a process on another host holds it: whether that still runs cannot be seen
 */
export async function withFolderLock<T>(
  folder: string,
  action: () => Promise<T>,
  options: {
    readonly onWait?: ((line: string) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
  } = {},
): Promise<T> {
  let isTold = false;
  while (!makeFolder(folder)) {
    if (isAbandoned(folder)) {
      clearAbandoned(folder);
      continue;
    }
    const holder = readHolder(folder);
    if (!isTold && holder !== null) {
      isTold = true;
      options.onWait?.(
        `Waiting for process ${holder.pid}, which holds ${folder} since ${holder.startedAt} ...`,
      );
    }
    options.signal?.throwIfAborted();
    await sleep(POLL_MILLISECONDS);
  }
  try {
    const holder: Holder = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() };
    await writeWhole(join(folder, 'holder'), JSON.stringify(holder));
    return await action();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** False when it exists already: of several processes exactly one makes it. */
function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw storageError('Locking', folder, error);
  }
}

// One process at a time, which looks again: otherwise a slow one could clear away the lock that a fast one just took.
function clearAbandoned(folder: string): void {
  const claim = `${folder}-claim`;
  if (!makeFolder(claim)) {
    if (ageOf(claim) > UNSIGNED_MILLISECONDS) {
      rmSync(claim, { recursive: true, force: true });
    }
    return;
  }
  try {
    if (isAbandoned(folder)) {
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    rmSync(claim, { recursive: true, force: true });
  }
}

/** Null while the lock has no readable name on it. */
function readHolder(folder: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(join(folder, 'holder'), 'utf8')));
  } catch {
    return null;
  }
}

function isAbandoned(folder: string): boolean {
  const holder = readHolder(folder);
  if (holder === null) {
    return ageOf(folder) > UNSIGNED_MILLISECONDS;
  }
  if (holder.host !== hostname()) {
    throw new InputError(
      `Locking ${folder}: process ${holder.pid} on host "${holder.host}" holds it since ${holder.startedAt}. Whether that process ` +
        `still runs cannot be seen from this host ("${hostname()}"). Wait for it to end; if it has ended, delete ${folder} and repeat the command.`,
    );
  }
  return processIsGone(holder);
}

function ageOf(folder: string): number {
  try {
    return Date.now() - statSync(folder).mtimeMs;
  } catch {
    return 0;
  }
}
