import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { InputError } from '../../files/input-error.js';

/** How a child process ended. */
export interface ProcessResult {
  /** Exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly standardOutput: string;
  readonly standardError: string;
  readonly timedOut: boolean;
}

export interface ProcessOptions {
  readonly workingFolder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Kills the process after this many milliseconds. */
  readonly timeoutMilliseconds?: number;
  /** Called with each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /**
   * Ends the program and all that it has started: they get a group of their own, which Ctrl-C in a terminal does not reach.
   * They are asked first, so that they can clear up.
   */
  readonly signal?: AbortSignal;
}

/** How long the pipes may stay open after the child has ended. */
const PIPE_MILLISECONDS = 2_000;
/** How long an interrupted program may clear up. */
const CLEARING_MILLISECONDS = 20_000;

/** Runs a program without a shell and waits for its end. @throws InputError when it cannot be started. */
export function runProcess(
  program: string,
  programArguments: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, {
      cwd: options.workingFolder,
      env: options.environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: options.signal !== undefined && process.platform !== 'win32',
    });
    const stopWatching = endOnAbort(child, options.signal);
    const lines: string[] = [];
    const errors: string[] = [];
    let timedOut = false;
    const timer =
      options.timeoutMilliseconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, options.timeoutMilliseconds);
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      options.onLine?.(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    child.on('error', (error) => {
      clearTimeout(timer);
      stopWatching();
      reject(
        new InputError(
          `Starting ${program}: ${error.message}. Expected a program of that name on this machine.`,
        ),
      );
    });
    // A grandchild may outlive the child and hold its pipes open; their last lines are worth a moment, not for ever.
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, PIPE_MILLISECONDS).unref();
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      stopWatching();
      resolve({ status, standardOutput: lines.join('\n'), standardError: errors.join(''), timedOut });
    });
  });
}

function endOnAbort(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    endGroup(child, 'SIGTERM');
    timer = setTimeout(() => endGroup(child, 'SIGKILL'), CLEARING_MILLISECONDS);
  };
  if (signal?.aborted === true) {
    end();
  }
  signal?.addEventListener('abort', end, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  };
}

function endGroup(child: ChildProcess, how: NodeJS.Signals): void {
  try {
    // Windows has no groups; there the program itself is ended.
    if (process.platform === 'win32' || child.pid === undefined) {
      child.kill(how);
    } else {
      process.kill(-child.pid, how);
    }
  } catch {
    // Nothing of the group is left.
  }
}

/** The last lines of a program's complaint, indented, for an error message. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-count)
    .map((line) => `  ${line}`)
    .join('\n');
}
