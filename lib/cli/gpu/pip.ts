import { InputError } from '../../files/input-error.js';
import { findPythonToBuildWith, type PythonCommand } from '../python/python.js';
import { lastLines, type ProcessResult, runProcess } from '../python/run-process.js';
import { isAtLeast, NEEDED } from './needed.js';

/** A pip that fetches wheels for this machine. */
export interface Pip {
  readonly version: string;
  /** The Python that it belongs to. */
  readonly python: PythonCommand;
  run(words: readonly string[], onLine?: (line: string) => void): Promise<ProcessResult>;
}

// Which Python hardly matters: wheels are fetched for another one, and only shared libraries are taken out of them.
const OLDEST_PYTHON = { major: 3, minor: 8 } as const;

/** @throws InputError when there is no Python, no pip or only an old one */
export async function findPip(environment: NodeJS.ProcessEnv = process.env): Promise<Pip> {
  const python = await findPythonToBuildWith({
    what: 'Setting up CUDA',
    oldest: OLDEST_PYTHON,
    retry: 'run npm run setup:gpu again',
  });
  const run = (words: readonly string[], onLine?: (line: string) => void): Promise<ProcessResult> =>
    runPip(python, words, { environment, ...(onLine === undefined ? {} : { onLine }) });
  const { status, standardOutput, standardError } = await run(['--version']);
  const version = /^pip ([\d.]+)/.exec(standardOutput)?.[1] ?? null;
  if (status !== 0 || version === null || !isAtLeast(version, NEEDED.pip)) {
    throw new InputError(
      `Looking for pip: ${python.program} has ${version === null ? `no pip that works\n${lastLines(standardError, 2)}\n` : `pip ${version}. `}` +
        `Expected pip ${NEEDED.pip} or newer. Make a Python that has one the first on the path ` +
        '(python3 -m venv ~/pip && ~/pip/bin/pip install --upgrade pip && PATH=~/pip/bin:$PATH), then run npm run setup:gpu again.',
    );
  }
  return { version, python, run };
}

function runPip(
  python: PythonCommand,
  words: readonly string[],
  options: { readonly environment: NodeJS.ProcessEnv; readonly onLine?: (line: string) => void },
): Promise<ProcessResult> {
  const { environment, ...others } = options;
  return runProcess(python.program, [...python.leadingArguments, '-m', 'pip', ...words], {
    ...others,
    environment: { ...environment, PIP_DISABLE_PIP_VERSION_CHECK: '1', PYTHONUTF8: '1' },
  });
}

// Any Python for which there is a wheel: the shared libraries inside are the same.
const WHEELS_FOR_PYTHON = '3.12';

/** Options that ask for wheels that run on this machine, whatever Python pip itself runs on. */
export function wheelOptions(glibc: string): string[] {
  const newest = Number(glibc.split('.')[1] ?? 0);
  // pip takes each tag for itself alone, and manylinux_2_17 runs where manylinux_2_28 does.
  const minors = Array.from({ length: Math.max(0, newest - 4) }, (_, index) => newest - index);
  const tags = [...minors.map((minor) => `manylinux_2_${minor}_x86_64`), 'manylinux2014_x86_64'];
  return [
    '--only-binary=:all:',
    `--python-version=${WHEELS_FOR_PYTHON}`,
    '--implementation=cp',
    ...tags.map((tag) => `--platform=${tag}`),
  ];
}
