import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPythonToBuildWith, pythonInside } from '../../../lib/cli/python/python.js';
import { benchPath } from './bench-folders.js';
import { runStep, sayProgress } from './run-step.js';

/**
 * The Python of the peers, in a virtual environment of its own, made from the pinned requirements on first use and again
 * whenever they change.
 *
 * @returns path of the interpreter
 * @throws InputError when there is no Python to make it with, or an installation fails
 */
export async function preparePython(): Promise<string> {
  const folder = benchPath('.venv-bench');
  const requirements = benchPath('requirements.txt');
  const stamp = join(folder, 'made-from.txt');
  const python = pythonInside(folder);
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return python;
  }
  sayProgress(`Installing the Python peers into ${folder} (about 6 GB and five minutes, once) ...`);
  rmSync(folder, { recursive: true, force: true });
  const { program, leadingArguments } = await findPythonToBuildWith({
    what: 'Installing the Python peers',
    oldest: { major: 3, minor: 10 },
    retry: 'run npm run bench again',
  });
  const what = 'Installing the Python peers';
  await runStep({ what, program, arguments: [...leadingArguments, '-m', 'venv', folder] });
  await runStep({
    what,
    program: python,
    arguments: ['-m', 'pip', 'install', '--quiet', '--requirement', requirements],
  });
  // Written last, so that an interrupted installation is seen as none.
  writeFileSync(stamp, wanted);
  return python;
}
