import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withFolderLock } from '../../../lib/cli/jupyter/folder-lock.js';

let parent: string;
let lock: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'culture-lens-lock-'));
  lock = join(parent, 'lock');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

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
    writeFileSync(join(lock, 'holder'), '99999999');
    expect(await withFolderLock(lock, async () => 'taken over')).toBe('taken over');
  });

  test('an abandoned lock is taken over by one of several at a time', async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, 'holder'), '99999999');
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

  test('a place that cannot be written', async () => {
    const nowhere = withFolderLock(join(parent, 'no', 'such', 'folder'), async () => 'never');
    await expect(nowhere).rejects.toThrow(/^Locking: .*folder cannot be written \(ENOENT/);
  });

  test('a living holder is waited for', async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, 'holder'), String(process.pid));
    let entered = false;
    const waiting = withFolderLock(lock, async () => {
      entered = true;
    });
    await sleep(450);
    expect(entered).toBe(false);
    rmSync(lock, { recursive: true });
    await waiting;
    expect(entered).toBe(true);
  });
});
