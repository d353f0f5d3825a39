import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MILLISECONDS = 200;
/** How old a lock without a holder's number may be; the number is written right after the folder is made. */
const UNSIGNED_MILLISECONDS = 5_000;

/**
 * Runs an action while holding a lock folder, so that two processes never build the same thing at once.
 * A lock whose holder has died is taken over.
 */
export async function withFolderLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  while (!tryToLock(folder)) {
    if (isAbandoned(folder)) {
      rmSync(folder, { recursive: true, force: true });
    } else {
      await sleep(POLL_MILLISECONDS);
    }
  }
  try {
    return await action();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tryToLock(folder: string): boolean {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
  writeFileSync(join(folder, 'holder'), String(process.pid));
  return true;
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
