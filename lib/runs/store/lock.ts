import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../files/input-error.js';
import { processIsGone } from '../../files/process-gone.js';
import { storageError } from '../../files/storage-error.js';
import { LOCK_FILE } from './layout.js';
import {
  claimPath,
  type LockHolder,
  linkIfAbsent,
  preparedLockPath,
  readHolder,
  removeLockLeftovers,
  writeHolder,
} from './lock-file.js';

/** The right to write to a run folder, until released. */
export interface Lock {
  readonly holder: LockHolder;
  /** @throws InputError when the lock file no longer names this holder (someone deleted or replaced it) */
  assertHeld(): void;
  /** Gives the lock back. Does nothing when it is no longer held; never throws, so that it hides no earlier error. */
  release(): void;
}

// Each round another process must have taken or released the lock in between, so many rounds mean something is broken.
const ROUNDS = 1000;

/**
 * Takes the one lock of a run folder.
 *
 * The lock file appears whole (a hard link to a finished file). A lock whose holder on this host has ended is taken
 * over; of several that try at once exactly one succeeds: the right to replace the lock with token t is the file
 * `.lock.<t>.claim`, which only one process can create, and the right of a claimant that ended before it replaced the
 * lock passes on in the same way under the claimant's own token. The winner looks once more whether the lock is
 * still the one it has the right to, then replaces it by a rename.
 *
 * @throws InputError that names the holder, when it lives or is on another host, and says how to get out
 */
export function acquireLock(folder: string, options: { readonly command: string }): Lock {
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    command: options.command,
    startedAt: new Date().toISOString(),
    token: randomUUID(),
  };
  const path = join(folder, LOCK_FILE);
  const own = preparedLockPath(folder, holder);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      writeHolder(own, holder);
      if (linkIfAbsent(own, path) || takeOver(folder, own)) {
        removeLockLeftovers(folder);
        return heldLock(path, holder);
      }
    }
  } catch (error) {
    throw storageError('Locking the run folder', path, error);
  } finally {
    rmSync(own, { force: true });
  }
  throw new InputError(
    `Locking the run folder: ${path} keeps changing hands. Stop the other processes and repeat.`,
  );
}

/** Replaces the lock of a holder that has ended. False when the lock changed meanwhile: look again. */
function takeOver(folder: string, own: string): boolean {
  const path = join(folder, LOCK_FILE);
  const holder = readHolder(path);
  if (holder === null) {
    return false;
  }
  refuseUnlessGone(holder, path);
  const claim = claimSuccession(folder, own, holder);
  if (claim === null) {
    return false;
  }
  try {
    if (readHolder(path)?.token === holder.token) {
      renameSync(own, path);
      return true;
    }
    return false;
  } finally {
    rmSync(claim, { force: true });
  }
}

/** Path of the claim won; null when the claims changed meanwhile. */
function claimSuccession(folder: string, own: string, holder: LockHolder): string | null {
  let last = holder;
  for (;;) {
    const claim = claimPath(folder, last);
    if (linkIfAbsent(own, claim)) {
      return claim;
    }
    const claimant = readHolder(claim);
    if (claimant === null) {
      return null;
    }
    refuseUnlessGone(claimant, claim);
    last = claimant;
  }
}

function heldLock(path: string, holder: LockHolder): Lock {
  const isHeld = (): boolean => readHolder(path)?.token === holder.token;
  return {
    holder,
    assertHeld: () => {
      if (!isHeld()) {
        throw new InputError(
          `Writing to the run folder: ${path} no longer names this process (${holder.pid} on ${holder.host}). ` +
            'Expected it to stay until the run ends. Make sure that no other process writes here, then repeat the command.',
        );
      }
    },
    release: () => {
      try {
        if (isHeld()) {
          rmSync(path, { force: true });
        }
      } catch {
        // On a disk that became read-only the lock stays; the next writer finds its holder gone.
      }
    },
  };
}

function refuseUnlessGone(holder: LockHolder, path: string): void {
  const who = `process ${holder.pid} on host "${holder.host}" (${holder.command}), since ${holder.startedAt}`;
  if (holder.host !== hostname()) {
    throw new InputError(
      `Locking the run folder: ${path} is held by ${who}. Whether that process still runs cannot be seen from ` +
        `this host ("${hostname()}"). A run has one writer: wait for it to end. If it has ended, delete ${path} and repeat the command.`,
    );
  }
  if (!processIsGone(holder)) {
    throw new InputError(
      `Locking the run folder: ${path} is held by ${who}, which is running. A run has one writer: wait for it to end, ` +
        `or stop it, and repeat the command. If that process is something else by now, delete ${path} first.`,
    );
  }
}
