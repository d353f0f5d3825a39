import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { storageError } from '../../files/storage-error.js';
import { writeWhole } from '../../files/write-whole.js';

const POLL_MILLISECONDS = 200;
/** How old a lock without a holder's number may be; the number is written right after the folder is made. */
const UNSIGNED_MILLISECONDS = 5_000;

/**
 * Runs an action while holding a lock folder, so that two processes never build the same thing at once; the second
 * waits. A lock whose holder has died is taken over.
 *
 * @throws InputError when the folder cannot be made
 */
export async function withFolderLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  while (!makeFolder(folder)) {
    if (isAbandoned(folder)) {
      clearAbandoned(folder);
    } else {
      await sleep(POLL_MILLISECONDS);
    }
  }
  try {
    await writeWhole(join(folder, 'holder'), String(process.pid));
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

function isAbandoned(folder: string): boolean {
  let holder: number;
  try {
    holder = Number(readFileSync(join(folder, 'holder'), 'utf8'));
  } catch {
    return ageOf(folder) > UNSIGNED_MILLISECONDS;
  }
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function ageOf(folder: string): number {
  try {
    return Date.now() - statSync(folder).mtimeMs;
  } catch {
    return 0;
  }
}
