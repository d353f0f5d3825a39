import { InputError } from '../../files/input-error.js';
import { findPythonToBuildWith, type PythonCommand } from '../python/python.js';
import { type ConverterOutcome, type ConverterRequest, runConverter } from './run-converter.js';

/** The oldest Python that data/models/convert runs on. */
const OLDEST_PYTHON = { major: 3, minor: 11 } as const;
const MAKE_ENVIRONMENT = '--make-environment';

/** One conversion, from the door's point of view; the functions are given so that tests can stand in for Python. */
export interface ConvertRequest extends Pick<ConverterRequest, 'words' | 'onLine' | 'signal'> {
  /** Asked whether 5 GB may be installed. */
  readonly agree: (question: string) => Promise<boolean>;
  readonly findPython?: () => Promise<PythonCommand>;
  readonly convert?: (request: ConverterRequest) => Promise<ConverterOutcome>;
}

/**
 * Converts a checkpoint; asks first where the exporters would have to be installed.
 *
 * @returns whether it was converted; false when it was interrupted
 * @throws InputError when it is refused or fails, with the converter's own words
 */
export async function convertFolder(request: ConvertRequest): Promise<boolean> {
  const {
    words,
    onLine,
    signal,
    agree,
    findPython = findPythonOfExporters,
    convert = runConverter,
  } = request;
  const python = await findPython();
  const first = await convert({ python, words, onLine, signal });
  if (first.kind !== 'environment-missing') {
    return first.kind === 'converted';
  }
  if (!(await agree(`${first.message} Make it now?`))) {
    if (signal.aborted) {
      return false;
    }
    throw new InputError(`${first.message} Add ${MAKE_ENVIRONMENT} to do so.`);
  }
  const second = await convert({ python, words: [...words, MAKE_ENVIRONMENT], onLine, signal });
  return second.kind === 'converted';
}

function findPythonOfExporters(): Promise<PythonCommand> {
  return findPythonToBuildWith({
    what: 'Converting a checkpoint',
    oldest: OLDEST_PYTHON,
    retry: 'repeat the command',
  });
}
