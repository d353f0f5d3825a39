import { existsSync, statSync } from 'node:fs';
import { InputError } from '../../../files/input-error.js';

/** @throws InputError for a log that is no file */
export function requireLog(path: string): void {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new InputError(
      `Importing a log: ${path} is ${existsSync(path) ? 'no file' : 'not there'}. Expected the log that the other program wrote. Correct the path.`,
    );
  }
}
