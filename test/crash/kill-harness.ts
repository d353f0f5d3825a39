import { type ChildProcess, spawn } from 'node:child_process';
import { type FSWatcher, mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { sha256OfText } from '../../lib/files/hash.js';
import { READINGS_FOLDER } from '../../lib/runs/store/index.js';
import { firstDifference } from './first-difference.js';

/** Where in a run a kill fell, told by what it left in the run folder. */
export type KillPlace =
  | 'before the first reading'
  | 'between readings'
  | 'inside a write'
  | 'after the last reading';

/** What to kill, how often, and how to tell that nothing was lost. */
export interface KillOptions {
  /** Program and arguments that start or go on with a run, and exit with 0 once it is complete. */
  readonly command: readonly string[];
  /** The run folder that the command writes to; emptied whenever a complete run has been checked. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** Whether the run folder holds every reading. */
  isComplete(): Promise<boolean>;
  /** What a complete run left, in an order that interruptions do not change; compared with an uninterrupted run's. */
  result(): Promise<unknown>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingFolder?: string;
  /** Longest time of one start in milliseconds; ten minutes by default. */
  readonly patience?: number;
}

/** One kill. */
export interface Kill {
  readonly place: KillPlace;
  /** Parts in the run folder when the process died. */
  readonly parts: number;
  /** Milliseconds after the start of the process. */
  readonly after: number;
}

/** What {@link killAndResume} did. */
export interface KillReport {
  readonly kills: readonly Kill[];
  /** Runs that were brought to their end and compared. */
  readonly rounds: number;
  /** Kills that left some readings, but not all. */
  readonly betweenFirstAndLast: number;
  /** Milliseconds and parts of the run that was left alone. */
  readonly uninterrupted: { readonly milliseconds: number; readonly parts: number };
}

/**
 * Runs a command once in peace, then again and again with a SIGKILL at places drawn from the seed, starting it anew
 * after each kill; whenever the run gets complete, its result must equal that of the first, and a new run begins.
 *
 * @throws Error when a start fails, ends without a complete run, takes too long, or a result differs
 */
export async function killAndResume(options: KillOptions): Promise<KillReport> {
  const draw = drawsFrom(options.seed);
  emptyFolder(options.folder);
  const rehearsal = await start(options, { kind: 'never' });
  await expectComplete(options);
  const wanted = await options.result();
  const uninterrupted = { milliseconds: rehearsal.after, parts: countParts(options.folder) };

  const kills: (Kill & { readonly complete: boolean })[] = [];
  let rounds = 0;
  const closeRound = async (): Promise<void> => {
    await expectComplete(options);
    const found = await options.result();
    if (!isDeepStrictEqual(found, wanted)) {
      throw new Error(
        `After ${kills.length} kills the run differs from an uninterrupted one: ${firstDifference(found, wanted)}.`,
      );
    }
    rounds += 1;
    emptyFolder(options.folder);
  };

  emptyFolder(options.folder);
  while (kills.length < options.kills) {
    const before = new Set(temporaryFiles(options.folder));
    const moment =
      countParts(options.folder) === 0
        ? drawEarlyMoment(draw, uninterrupted)
        : drawMoment(draw, uninterrupted);
    const { killed, after } = await start(options, moment);
    if (killed) {
      const parts = countParts(options.folder);
      const insideWrite = temporaryFiles(options.folder).some((name) => !before.has(name));
      const complete = parts > 0 && (await options.isComplete());
      kills.push({ place: placeOf({ parts, insideWrite, complete }), parts, after, complete });
      if (!complete) {
        continue;
      }
      await start(options, { kind: 'never' });
    }
    await closeRound();
  }
  await start(options, { kind: 'never' });
  await closeRound();
  return {
    kills: kills.map(({ place, parts, after }) => ({ place, parts, after })),
    rounds,
    betweenFirstAndLast: kills.filter(({ parts, complete }) => parts > 0 && !complete).length,
    uninterrupted,
  };
}

/** The report in one paragraph. */
export function describeKills(report: KillReport): string {
  const places: KillPlace[] = [
    'before the first reading',
    'between readings',
    'inside a write',
    'after the last reading',
  ];
  const counts = places.map(
    (place) => `${report.kills.filter((kill) => kill.place === place).length} ${place}`,
  );
  const { milliseconds, parts } = report.uninterrupted;
  return (
    `${report.kills.length} kills in ${report.rounds} runs of ${parts} parts (${Math.round(milliseconds)} ms uninterrupted): ` +
    `${counts.join(', ')}. Some readings, but not all, were there at ${report.betweenFirstAndLast} of them.`
  );
}

// ------------------------------------------------------------------------------------------ when to kill

type Moment =
  | { readonly kind: 'never' }
  /** A time after the start. */
  | { readonly kind: 'time'; readonly milliseconds: number }
  /** A time after so many parts more than at the start. */
  | { readonly kind: 'part'; readonly parts: number; readonly milliseconds: number }
  /** As before, then as soon as the next temporary file appears. */
  | { readonly kind: 'write'; readonly parts: number; readonly milliseconds: number };

/** For a folder without readings: some kills in the first half of the time, so that some come before them. */
function drawEarlyMoment(draw: () => number, uninterrupted: KillReport['uninterrupted']): Moment {
  return draw() < 0.3
    ? { kind: 'time', milliseconds: (draw() * uninterrupted.milliseconds) / 2 }
    : drawMoment(draw, uninterrupted);
}

function drawMoment(draw: () => number, uninterrupted: KillReport['uninterrupted']): Moment {
  const choice = draw();
  const parts = Math.floor((draw() * uninterrupted.parts) / 5);
  if (choice < 0.15) {
    return { kind: 'time', milliseconds: draw() * uninterrupted.milliseconds };
  }
  if (choice < 0.6) {
    const gap = uninterrupted.milliseconds / Math.max(1, uninterrupted.parts);
    return { kind: 'part', parts: 1 + parts, milliseconds: draw() * gap };
  }
  return { kind: 'write', parts, milliseconds: draw() < 0.5 ? 0 : draw() * 10 };
}

/** Numbers in [0, 1) that depend on the seed alone. */
function drawsFrom(seed: number): () => number {
  let count = 0;
  return () => {
    count += 1;
    return Number.parseInt(sha256OfText(`${seed} ${count}`).slice(0, 12), 16) / 2 ** 48;
  };
}

// ---------------------------------------------------------------------------------------- one start

/** Starts the command and waits for its end; kills it at the moment given. */
async function start(options: KillOptions, moment: Moment): Promise<{ killed: boolean; after: number }> {
  const [program, ...rest] = options.command;
  if (program === undefined) {
    throw new Error('killAndResume needs a command.');
  }
  const begun = performance.now();
  // A process group of its own, so that a wrapper (npx) dies together with what it started.
  const child = spawn(program, rest, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...options.environment },
    ...(options.workingFolder === undefined ? {} : { cwd: options.workingFolder }),
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code }));
  });
  const settled = new AbortController();
  const patience = options.patience ?? 600_000;
  let lateness = '';
  const giveUp = setTimeout(() => {
    lateness = ` (stopped after ${patience} ms)`;
    killGroup(child);
  }, patience);
  let killed = false;
  const killer = waitFor(moment, options.folder, settled.signal)
    .then(() => {
      killed = killGroup(child);
    })
    .catch(() => undefined);
  try {
    const { code } = await ended;
    const after = performance.now() - begun;
    if (code === null && killed && lateness === '') {
      return { killed: true, after };
    }
    if (code !== 0) {
      throw new Error(`${options.command.join(' ')} ended with ${code}${lateness}: ${stderr.trim()}`);
    }
    return { killed: false, after };
  } finally {
    settled.abort();
    clearTimeout(giveUp);
    await killer;
  }
}

async function waitFor(moment: Moment, folder: string, signal: AbortSignal): Promise<void> {
  if (moment.kind === 'never') {
    return new Promise((_, reject) => signal.addEventListener('abort', reject));
  }
  if (moment.kind !== 'time') {
    await partsAndWrite(moment, folder, signal);
  }
  await pause(moment.milliseconds, undefined, { signal });
}

/** Resolves when the parts, and for a write the temporary file after them, have appeared. */
function partsAndWrite(
  moment: Extract<Moment, { parts: number }>,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const readings = join(folder, READINGS_FOLDER);
  mkdirSync(readings, { recursive: true });
  return new Promise((resolve, reject) => {
    const seen = new Set(readdirSync(readings));
    let left = moment.parts;
    const watcher: FSWatcher = watch(readings, (_, name) => {
      if (name === null || seen.has(name)) {
        return;
      }
      const isTemporary = isTemporaryPart(name);
      if (isPart(name)) {
        seen.add(name);
        left -= 1;
      }
      if (moment.kind === 'part' ? left <= 0 : left <= 0 && isTemporary) {
        watcher.close();
        resolve();
      }
    });
    signal.addEventListener('abort', () => {
      watcher.close();
      reject(new Error('The process ended first.'));
    });
  });
}

function killGroup(child: ChildProcess): boolean {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return false;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

// ----------------------------------------------------------------------------------------- the run folder

function placeOf(left: { parts: number; insideWrite: boolean; complete: boolean }): KillPlace {
  if (left.complete) {
    return 'after the last reading';
  }
  if (left.insideWrite) {
    return 'inside a write';
  }
  return left.parts === 0 ? 'before the first reading' : 'between readings';
}

async function expectComplete(options: KillOptions): Promise<void> {
  if (!(await options.isComplete())) {
    throw new Error(`${options.command.join(' ')} ended well, but its run is not complete.`);
  }
}

function emptyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, READINGS_FOLDER), { recursive: true });
}

function countParts(folder: string): number {
  return readdirSync(join(folder, READINGS_FOLDER)).filter(isPart).length;
}

function temporaryFiles(folder: string): string[] {
  return readdirSync(join(folder, READINGS_FOLDER)).filter(isTemporaryPart);
}

function isPart(name: string): boolean {
  return /^part-\d+\.parquet$/.test(name);
}

function isTemporaryPart(name: string): boolean {
  return /^\.part-.*\.tmp$/.test(name);
}
