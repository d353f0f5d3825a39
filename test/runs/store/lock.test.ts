import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { InputError } from '../../../lib/files/input-error.js';
import { processIsGone } from '../../../lib/files/process-gone.js';
import { openStore } from '../../../lib/runs/store/index.js';
import { acquireLock } from '../../../lib/runs/store/lock.js';
import type { LockHolder } from '../../../lib/runs/store/lock-file.js';
import { exampleManifest, exampleReadings, temporaryFolders } from './fixtures.js';

const newFolder = temporaryFolders();
const children: ChildProcess[] = [];
/** Number of a process that has ended. */
let gone: number;

beforeAll(() => {
  if (!existsSync(projectPath('lib', 'dist', 'runs', 'store', 'lock.js'))) {
    throw new Error('lib/dist/runs/store is missing: run `npm run build` before this test.');
  }
  gone = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
});

afterEach(() => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
  }
});

function forkScript(name: string, folder: string): ChildProcess {
  const child = fork(projectPath('test', 'crash', name), [folder], { stdio: 'inherit' });
  children.push(child);
  return child;
}

async function answerOf(child: ChildProcess): Promise<string> {
  const [message] = await once(child, 'message');
  return String(message);
}

function holder(changes: Partial<LockHolder> = {}): LockHolder {
  return {
    pid: gone,
    host: hostname(),
    command: 'culture-lens probe old',
    startedAt: '2026-11-20T10:00:00.000Z',
    token: '00000000-0000-4000-8000-000000000001',
    ...changes,
  };
}

function writeLock(folder: string, content: LockHolder | string): void {
  writeFileSync(join(folder, 'lock.json'), typeof content === 'string' ? content : JSON.stringify(content));
}

function lockOf(folder: string): LockHolder {
  return JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')) as LockHolder;
}

describe('two processes on one run', () => {
  test('the second is told who the first is and what to do; it may write once the first has ended', async () => {
    const folder = newFolder();
    const first = forkScript('hold-store.js', folder);
    expect(await answerOf(first)).toBe('held');
    expect(lockOf(folder)).toMatchObject({
      pid: first.pid,
      host: hostname(),
      command: 'culture-lens probe nightly',
    });

    const refusal = openStore(folder, { write: true });
    await expect(refusal).rejects.toThrow(InputError);
    await expect(refusal).rejects.toThrow(
      `lock.json is held by process ${first.pid} on host "${hostname()}" (culture-lens probe nightly), since 20`,
    );
    await expect(refusal).rejects.toThrow(
      /which is running\. A run has one writer: wait for it to end, or stop it, and repeat the command\. .* delete .*lock\.json first/,
    );
    expect(lockOf(folder).pid).toBe(first.pid);

    first.send('end');
    await once(first, 'exit');
    expect(readdirSync(folder)).toEqual(['readings']);
    const store = await openStore(folder, { write: true });
    expect(lockOf(folder).pid).toBe(process.pid);
    await store.close();
  });

  test('the lock of a killed process is taken over', async () => {
    const folder = newFolder();
    const first = forkScript('hold-store.js', folder);
    expect(await answerOf(first)).toBe('held');
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(lockOf(folder).pid).toBe(first.pid);
    const store = await openStore(folder, { write: true });
    expect(lockOf(folder).pid).toBe(process.pid);
    await store.close();
    expect(readdirSync(folder)).toEqual(['readings']);
  });

  test('a process does not get a run twice', async () => {
    const folder = newFolder();
    const store = await openStore(folder, { write: true });
    await expect(openStore(folder, { write: true })).rejects.toThrow(`held by process ${process.pid}`);
    await store.close();
    await (await openStore(folder, { write: true })).close();
  });

  test('of many that find the lock of a dead process exactly one gets it', { timeout: 120_000 }, async () => {
    const folder = newFolder();
    const racers = Array.from({ length: 5 }, () => forkScript('race-for-lock.js', folder));
    await Promise.all(racers.map(answerOf));
    for (let round = 1; round <= 60; round += 1) {
      // A new dead holder a round; in every second one its successor has died as well, before it replaced the lock.
      const token = `00000000-0000-4000-8000-${String(round).padStart(12, '0')}`;
      writeLock(folder, holder({ token }));
      if (round % 2 === 0) {
        const successor = holder({ token: token.replace('4000', '4001') });
        writeFileSync(join(folder, `.lock.${token}.claim`), JSON.stringify(successor));
      }
      const answers = racers.map(answerOf);
      const time = Date.now() + 20;
      for (const racer of racers) {
        racer.send(time);
      }
      const said = await Promise.all(answers);
      const winners = racers.filter((_, index) => said[index] === 'held');
      expect(winners, `round ${round}: ${said.join('\n')}`).toHaveLength(1);
      expect(lockOf(folder).pid).toBe(winners[0]?.pid);
      expect(
        said
          .filter((answer) => answer !== 'held')
          .every((answer) => /is held by process \d+ on host/.test(answer)),
      ).toBe(true);
      expect(readdirSync(folder)).toEqual(['lock.json']);
    }
  });

  test('of many that find no lock exactly one gets it', { timeout: 120_000 }, async () => {
    const folder = newFolder();
    const racers = Array.from({ length: 5 }, () => forkScript('race-for-lock.js', folder));
    await Promise.all(racers.map(answerOf));
    for (let round = 1; round <= 30; round += 1) {
      rmSync(join(folder, 'lock.json'), { force: true });
      const answers = racers.map(answerOf);
      const time = Date.now() + 20;
      for (const racer of racers) {
        racer.send(time);
      }
      const said = await Promise.all(answers);
      expect(said.filter((answer) => answer === 'held')).toHaveLength(1);
    }
  });
});

describe('a lock that was left behind', () => {
  test('by a process of another host is never taken over: the message names the file to delete', () => {
    const folder = newFolder();
    writeLock(folder, holder({ host: 'elsewhere' }));
    expect(() => acquireLock(folder, { command: 'me' })).toThrow(
      /is held by process \d+ on host "elsewhere" \(culture-lens probe old\), since 2026-11-20T10:00:00\.000Z\. Whether .* cannot be seen from this host .* If it has ended, delete .*lock\.json and repeat/,
    );
    expect(lockOf(folder).host).toBe('elsewhere');
    expect(readdirSync(folder)).toEqual(['lock.json']);
  });

  test("by a dead process whose successor lives is that successor's", () => {
    const folder = newFolder();
    const dead = holder();
    writeLock(folder, dead);
    // Process 1 always runs.
    const successor = holder({ pid: 1, token: '00000000-0000-4000-8000-000000000002' });
    writeFileSync(join(folder, `.lock.${dead.token}.claim`), JSON.stringify(successor));
    expect(() => acquireLock(folder, { command: 'me' })).toThrow(/\.claim is held by process 1 on host/);
    expect(lockOf(folder)).toEqual(dead);
  });

  test.each([
    ['empty', '', /lock\.json is not valid JSON/],
    ['of another shape', '{"pid": 3}', /lock\.json does not have the expected shape[\s\S]*host: /],
  ])('%s names the file and the way out', (_, text, message) => {
    const folder = newFolder();
    writeLock(folder, text);
    const take = (): unknown => acquireLock(folder, { command: 'me' });
    expect(take).toThrow(message);
    expect(take).toThrow(
      /If no other process writes to this run folder, delete .*lock\.json and repeat the command/,
    );
  });
});

describe('a lock that is lost while writing', () => {
  test('stops the writer before anything gets a name', async () => {
    const folder = newFolder();
    const store = await openStore(folder, { write: true });
    await store.writeManifest(exampleManifest());
    writeLock(folder, holder({ pid: 1 }));
    const message = /lock\.json no longer names this process .* Make sure that no other process writes here/;
    await expect(store.writePart(0, exampleReadings(1, 2))).rejects.toThrow(message);
    await expect(store.writeManifest(exampleManifest({ status: 'complete' }))).rejects.toThrow(message);
    expect(readdirSync(join(folder, 'readings'))).toEqual([]);
    await store.close();
    // The lock of the other is left alone.
    expect(lockOf(folder).pid).toBe(1);
  });

  test('is noticed even when it is lost while DuckDB writes', async () => {
    const folder = newFolder();
    const store = await openStore(folder, { write: true });
    await store.writeManifest(exampleManifest());
    const writing = store.writePart(0, exampleReadings(1, 500));
    rmSync(join(folder, 'lock.json'));
    await expect(writing).rejects.toThrow(/no longer names this process/);
    expect(readdirSync(join(folder, 'readings'))).toEqual([]);
    expect(store.keys.size).toBe(0);
    await store.close();
  });
});

describe('whether a process has ended', () => {
  const now = (): string => new Date().toISOString();

  test('one that ended has, one that runs has not', () => {
    expect(processIsGone({ pid: gone, startedAt: now() })).toBe(true);
    expect(processIsGone({ pid: 1, startedAt: now() })).toBe(false);
    expect(processIsGone({ pid: process.ppid, startedAt: now() })).toBe(false);
  });

  test("an older one with this process's own number has: a restarted container gives the same numbers", () => {
    expect(processIsGone({ pid: process.pid, startedAt: now() })).toBe(false);
    expect(processIsGone({ pid: process.pid, startedAt: '2020-01-01T00:00:00.000Z' })).toBe(true);
  });

  test.skipIf(process.platform !== 'linux')(
    'a zombie has: its parent only never asked for its exit status',
    async () => {
      // The shell starts a child, then becomes a program that never waits for it.
      const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      children.push(shell);
      const [line] = await once(shell.stdout.setEncoding('utf8'), 'data');
      const pid = Number(line);
      const state = (): string => readFileSync(`/proc/${pid}/status`, 'utf8');
      await expect.poll(state, { timeout: 10_000 }).toMatch(/State:\s+Z/);
      expect(processIsGone({ pid, startedAt: now() })).toBe(true);
    },
  );
});
