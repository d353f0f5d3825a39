import { spawn } from 'node:child_process';
import { InputError } from '../../../lib/files/input-error.js';

const KEPT_CHARACTERS = 3000;

/** A command of the set-up or of a measurement. */
export interface Step {
  /** What is being done, for the error: "Building llama.cpp". */
  readonly what: string;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command to its end, alone. @throws InputError with its last lines when it cannot be started or fails */
export function runStep(step: Step): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(step.program, [...step.arguments], {
      cwd: step.folder,
      env: { ...process.env, ...step.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let lastLines = '';
    const keep = (text: Buffer): void => {
      lastLines = (lastLines + text.toString()).slice(-KEPT_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const fail = (problem: string): void =>
      reject(
        new InputError(
          `${step.what}: ${[step.program, ...step.arguments].join(' ')} ${problem}. Its last lines:\n${lastLines}`,
        ),
      );
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('close', (status, signal) =>
      status === 0 ? resolve() : fail(`ended with ${signal === null ? `status ${status}` : signal}`),
    );
  });
}

/** One line of progress, on stderr, so that stdout holds the tables only. */
export function sayProgress(line: string): void {
  process.stderr.write(`${line}\n`);
}
