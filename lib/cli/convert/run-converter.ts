import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import type { PythonCommand } from '../python/python.js';
import { lastLines, runProcess } from '../python/run-process.js';

/** How the converter ended, where that is no error. */
export type ConverterOutcome =
  | { readonly kind: 'converted' }
  /** The exporters are not installed; `message` says which, where and how large. */
  | { readonly kind: 'environment-missing'; readonly message: string }
  | { readonly kind: 'interrupted' };

export interface ConverterRequest {
  readonly python: PythonCommand;
  /** Arguments of data/models/convert/convert.py. */
  readonly words: readonly string[];
  /** Called with each line that it says on its way. */
  readonly onLine: (line: string) => void;
  /** Ends it with all that it has started; it then leaves nothing behind. */
  readonly signal: AbortSignal;
}

// As data/models/convert/convert.py has them.
const ENVIRONMENT_MISSING = 3;
const LAST_LINES = 25;

/** Runs the conversion in Python. @throws InputError with its own words when it refuses or fails */
export async function runConverter(request: ConverterRequest): Promise<ConverterOutcome> {
  const { python, words, onLine, signal } = request;
  const script = projectPath('data', 'models', 'convert', 'convert.py');
  const { status, standardError } = await runProcess(
    python.program,
    [...python.leadingArguments, script, ...words],
    { onLine, signal },
  );
  // First of all: whoever is interrupted when the folder has its name already has converted.
  if (status === 0) {
    return { kind: 'converted' };
  }
  if (signal.aborted) {
    return { kind: 'interrupted' };
  }
  const said = standardError.trim();
  if (status === ENVIRONMENT_MISSING) {
    return { kind: 'environment-missing', message: said };
  }
  throw new InputError(status === 1 && isMessage(said) ? said : failure(status, standardError));
}

/** Whether it ended with words of its own and not with a trace of its code. */
function isMessage(said: string): boolean {
  return said !== '' && !said.includes('Traceback (most recent call last)');
}

function failure(status: number | null, standardError: string): string {
  const end =
    status === null ? 'was killed, most likely because memory ran out' : `ended with status ${status}`;
  return (
    `Converting: the program ${end}. Its last lines:\n${lastLines(standardError, LAST_LINES)}\n` +
    'Expected a finished folder; nothing was kept.'
  );
}
