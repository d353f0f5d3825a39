import { spawn } from 'node:child_process';
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
}

/** How long the pipes may stay open after the child has ended. */
const PIPE_MILLISECONDS = 2_000;

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
    });
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
      resolve({ status, standardOutput: lines.join('\n'), standardError: errors.join(''), timedOut });
    });
  });
}

/** The last lines of a program's complaint, indented, for an error message. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-count)
    .map((line) => `  ${line}`)
    .join('\n');
}
