import { readFileSync } from 'node:fs';

/** A process as a lock file names it. */
export interface NamedProcess {
  readonly pid: number;
  /** ISO time at which it took the lock. */
  readonly startedAt: string;
}

/**
 * Whether a process of this machine has certainly ended. In doubt the answer is no: a process of another user, or an
 * unrelated one that was given the same number later, counts as running.
 */
export function processIsGone(process_: NamedProcess): boolean {
  if (process_.pid === process.pid) {
    // A container that starts again often gives its process the old number: what is older than this process is gone.
    return Date.parse(process_.startedAt) < Date.now() - process.uptime() * 1000;
  }
  try {
    process.kill(process_.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return isZombie(process_.pid);
}

// A killed process whose parent never asked for its exit status still has a number, but will not write again.
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
