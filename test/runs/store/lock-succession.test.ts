import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { acquireLock } from '../../../lib/runs/store/lock.js';
import type { LockHolder } from '../../../lib/runs/store/lock-file.js';
import { temporaryFolders } from './fixtures.js';

/** Runs once, just before a claim is tried: what other processes may do in that moment. */
let meanwhile: (() => void) | undefined;

vi.mock('../../../lib/runs/store/lock-file.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../lib/runs/store/lock-file.js')>();
  return {
    ...original,
    linkIfAbsent: (source: string, target: string): boolean => {
      if (target.endsWith('.claim')) {
        meanwhile?.();
        meanwhile = undefined;
      }
      return original.linkIfAbsent(source, target);
    },
  };
});

const newFolder = temporaryFolders();
// Numbers of processes go up to 4,194,304 on Linux, so nothing runs under this one; 1 always runs.
const gone = 2_000_000_000;
const alive = 1;

function holder(pid: number, token: number): LockHolder {
  return {
    pid,
    host: hostname(),
    command: 'culture-lens probe',
    startedAt: '2026-11-20T10:00:00.000Z',
    token: `00000000-0000-4000-8000-${String(token).padStart(12, '0')}`,
  };
}

let folder: string;

function writeLock(content: LockHolder): void {
  writeFileSync(join(folder, 'lock.json'), JSON.stringify(content));
}

function lockNow(): LockHolder {
  return JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')) as LockHolder;
}

beforeEach(() => {
  folder = newFolder();
  writeLock(holder(gone, 1));
});

test('a claim on a lock that another process replaced meanwhile gives no right', () => {
  // The other has taken over completely: its lock is there, and its claim is cleared away again.
  meanwhile = () => writeLock(holder(alive, 2));
  expect(() => acquireLock(folder, { command: 'late' })).toThrow(/lock\.json is held by process 1 on host/);
  expect(lockNow()).toEqual(holder(alive, 2));
  expect(readdirSync(folder)).toEqual(['lock.json']);
});

test('when the process that replaced it has ended too, the race begins anew and is won', () => {
  meanwhile = () => writeLock(holder(gone, 2));
  const lock = acquireLock(folder, { command: 'late' });
  expect(lockNow()).toEqual(lock.holder);
  expect(readdirSync(folder)).toEqual(['lock.json']);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a prepared lock that the holder of the moment cleared away is prepared again', () => {
  meanwhile = () => {
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.tmp'))) {
      writeFileSync(join(folder, 'cleared'), name);
      rmSync(join(folder, name));
    }
  };
  const lock = acquireLock(folder, { command: 'late' });
  expect(readdirSync(folder).sort()).toEqual(['cleared', 'lock.json']);
  expect(lockNow()).toEqual(lock.holder);
});

test('a chain of claimants that all ended is followed to its end', () => {
  for (const token of [1, 2, 3]) {
    writeFileSync(
      join(folder, `.lock.${holder(gone, token).token}.claim`),
      JSON.stringify(holder(gone, token + 1)),
    );
  }
  const lock = acquireLock(folder, { command: 'heir' });
  expect(lockNow()).toEqual(lock.holder);
  expect(readdirSync(folder)).toEqual(['lock.json']);
});
