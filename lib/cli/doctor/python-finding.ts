import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../files/input-error.js';
import { OLDEST_PYTHON } from '../jupyter/setup.js';
import { findPythonToBuildWith, type PythonCommand } from '../python/python.js';
import { type ProcessResult, runProcess } from '../python/run-process.js';
import type { Finding } from './finding.js';

// Filling an environment with pip takes long; whether pip is there to fill it with is what Debian's python3 alone lacks.
const MAKE_ONE = 'import ensurepip, sys, venv; venv.create(sys.argv[1], with_pip=False)';

/** The Python that `setup` would take, and whether it makes a virtual environment: one is made, and taken away again. */
export async function pythonFinding(
  findPython: () => Promise<PythonCommand> = pythonOfSetup,
): Promise<Finding> {
  try {
    const python = await findPython();
    const version = await run(python, ['-c', 'import platform; print(platform.python_version())']);
    return {
      what: 'Python',
      state: `${version.standardOutput.trim()} (${python.program}), ${await venvState(python)}`,
    };
  } catch (error) {
    return { what: 'Python', state: messageOf(error) };
  }
}

function pythonOfSetup(): Promise<PythonCommand> {
  return findPythonToBuildWith({
    what: 'Looking for Python',
    oldest: OLDEST_PYTHON,
    retry: 'run npm run doctor again',
  });
}

async function venvState(python: PythonCommand): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'culture-lens-venv-'));
  try {
    const words = ['-c', MAKE_ONE, join(folder, 'new')];
    const { status, standardOutput, standardError } = await run(python, words);
    const said = (standardError || standardOutput).trim().split('\n').at(-1) ?? '';
    return status === 0 ? 'venv works' : `venv does not work: ${said || `it ended with status ${status}`}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run({ program, leadingArguments }: PythonCommand, words: readonly string[]): Promise<ProcessResult> {
  return runProcess(program, [...leadingArguments, ...words], { timeoutMilliseconds: 60_000 });
}
