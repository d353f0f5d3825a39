import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withFolderLock } from '../../lib/files/folder-lock.js';

let parent: string;
let lock: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'culture-lens-lock-'));
  lock = join(parent, 'lock');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** Writes a holder's name on the lock: this process, now, unless told otherwise. */
function signAs(holder: { pid?: number; host?: string; startedAt?: string }): void {
  const whole = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString(), ...holder };
  writeFileSync(join(lock, 'holder'), JSON.stringify(whole));
}

describe('withFolderLock', () => {
  test('one action at a time', async () => {
    let inside = 0;
    let most = 0;
    const action = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withFolderLock(lock, action)));
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  test('is given back when the action fails', async () => {
    const failing = withFolderLock(lock, async () => {
      throw new Error('did not work');
    });
    await expect(failing).rejects.toThrow('did not work');
    expect(await withFolderLock(lock, async () => 'next')).toBe('next');
  });

  test('is taken over from a holder that has died', async () => {
    mkdirSync(lock);
    // Above the largest process id of Linux and macOS.
    signAs({ pid: 99_999_999 });
    expect(await withFolderLock(lock, async () => 'taken over')).toBe('taken over');
  });

  test('an abandoned lock is taken over by one of several at a time', async () => {
    mkdirSync(lock);
    signAs({ pid: 99_999_999 });
    let inside = 0;
    let most = 0;
    const action = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4].map(() => withFolderLock(lock, action)));
    expect(most).toBe(1);
  });

  test('is taken over from a process of this number that ended before this one began', async () => {
    mkdirSync(lock);
    signAs({ startedAt: new Date(Date.now() - 1000 * process.uptime() - 60_000).toISOString() });
    expect(await withFolderLock(lock, async () => 'taken over')).toBe('taken over');
  });

  test('of another host is left alone, and the way out is named', async () => {
    mkdirSync(lock);
    signAs({ pid: 99_999_999, host: 'elsewhere' });
    await expect(withFolderLock(lock, async () => 'never')).rejects.toThrow(
      /process 99999999 on host "elsewhere" holds it .*if it has ended, delete .*lock and repeat/,
    );
    expect(existsSync(lock)).toBe(true);
  });

  test('a place that cannot be written', async () => {
    const nowhere = withFolderLock(join(parent, 'no', 'such', 'folder'), async () => 'never');
    await expect(nowhere).rejects.toThrow(/^Locking: .*folder cannot be written \(ENOENT/);
  });

  test('a living holder is waited for', async () => {
    mkdirSync(lock);
    signAs({});
    let entered = false;
    const lines: string[] = [];
    const waiting = withFolderLock(
      lock,
      async () => {
        entered = true;
      },
      { onWait: (line) => lines.push(line) },
    );
    await sleep(450);
    expect(entered).toBe(false);
    expect(lines).toEqual([expect.stringMatching(`Waiting for process ${process.pid}, which holds .*lock`)]);
    rmSync(lock, { recursive: true });
    await waiting;
    expect(entered).toBe(true);
  });
  test('waiting can be given up', async () => {
    mkdirSync(lock);
    signAs({});
    const stop = new AbortController();
    const waiting = withFolderLock(lock, async () => 'never', { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
