import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { withFolderLock } from '../../files/folder-lock.js';
import { sha256OfText } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { readTextFile } from '../../files/read-json.js';
import { writeWhole } from '../../files/write-whole.js';
import { findPythonToBuildWith, pythonInside } from '../python/python.js';
import { lastLines, runProcess } from '../python/run-process.js';
import { kernelIsRegistered, registerKernel } from './kernel.js';
import { findJupyterOnPath, type JupyterPython } from './python.js';

/** The oldest Python that JupyterLab's environment is made with. */
export const OLDEST_PYTHON = { major: 3, minor: 10 } as const;

export interface SetupOptions {
  /** Receives one plain line for each step that takes time. Default: nothing is printed. */
  readonly log?: (line: string) => void;
  /** Use the repository's own pinned .venv even where the user has a Jupyter (tests and committed notebooks do). */
  readonly ownEnvironment?: boolean;
}

/**
 * Makes sure that there is a Jupyter with the tslab kernel, and says which.
 *
 * The repository's .venv if it exists, else a complete Jupyter of the user's, else a new .venv with the versions of
 * notebooks/requirements.txt. Repeating it costs milliseconds.
 *
 * @throws InputError when Python, its venv module or the packages cannot be had
 */
export async function setup(options: SetupOptions = {}): Promise<JupyterPython> {
  const log = options.log ?? (() => {});
  const ready = finishedProjectEnvironment();
  if (ready !== null && kernelIsRegistered(ready)) {
    return ready;
  }
  return withFolderLock(projectPath('.venv-lock'), async () => {
    const environment =
      finishedProjectEnvironment() ??
      (await usersEnvironment(options)) ??
      (await buildProjectEnvironment(log));
    if (!kernelIsRegistered(environment)) {
      log(`Registering the TypeScript kernel (tslab) in ${environment.prefix}.`);
      await registerKernel(environment);
    }
    return environment;
  });
}

/** The Jupyter that {@link setup} would use, without making anything; null when it would have to build one. */
export async function findEnvironment(): Promise<JupyterPython | null> {
  return finishedProjectEnvironment() ?? (await usersEnvironment({}));
}

/** The repository's .venv, when it holds the packages that notebooks/requirements.txt asks for now. */
export function finishedProjectEnvironment(): JupyterPython | null {
  const prefix = projectPath('.venv');
  const python = pythonInside(prefix);
  // existsSync follows the link: an environment whose base Python was removed counts as missing.
  if (!existsSync(python) || !existsSync(stampFile())) {
    return null;
  }
  return readFileSync(stampFile(), 'utf8') === requirementsHash()
    ? { python, prefix, kind: 'project' }
    : null;
}

async function usersEnvironment(options: SetupOptions): Promise<JupyterPython | null> {
  return options.ownEnvironment === true || existsSync(projectPath('.venv')) ? null : findJupyterOnPath();
}

async function buildProjectEnvironment(log: (line: string) => void): Promise<JupyterPython> {
  const prefix = projectPath('.venv');
  const python = pythonInside(prefix);
  if (!existsSync(python)) {
    log('Making a Python environment in .venv.');
    const base = await findPythonToBuildWith({
      what: 'Setting up Jupyter',
      oldest: OLDEST_PYTHON,
      retry: 'run npm run setup again',
    });
    // --clear: a half-made environment of an interrupted setup is replaced.
    const made = await runProcess(base.program, [...base.leadingArguments, '-m', 'venv', '--clear', prefix]);
    if (made.status !== 0) {
      throw new InputError(
        `Setting up Jupyter: ${base.program} -m venv failed.\n${lastLines(made.standardError || made.standardOutput, 5)}\n` +
          "Expected Python's venv module (on Debian and Ubuntu: apt-get install python3-venv). Install it, then run npm run setup again.",
      );
    }
  }
  log('Installing JupyterLab into .venv (about 320 MB, under a minute on a fast line).');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirementsFile()];
  const installed = await runProcess(python, pip);
  if (installed.status !== 0) {
    throw new InputError(
      `Setting up Jupyter: pip could not install ${requirementsFile()}.\n${lastLines(installed.standardError, 5)}\n` +
        'Expected a package index within reach. Check the network or pip settings, then run npm run setup again.',
    );
  }
  await preparePlace(prefix);
  // Last of all, so that only a complete environment carries it.
  await writeWhole(stampFile(), requirementsHash());
  return { python, prefix, kind: 'project' };
}

async function preparePlace(prefix: string): Promise<void> {
  // JupyterLab runs a CommonJS file of its own with Node; without this, Node would take the repository's word that every
  // .js below it is an ES module, and JupyterLab would start with a page of error text.
  await writeWhole(join(prefix, 'package.json'), '{ "type": "commonjs" }\n');
  // Nothing that asks the network at start, and no question about it in the corner.
  const quiet = {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  };
  const overrides = join(prefix, 'share', 'jupyter', 'lab', 'settings', 'overrides.json');
  await writeWhole(overrides, `${JSON.stringify(quiet, null, 2)}\n`);
}

function requirementsFile(): string {
  return projectPath('notebooks', 'requirements.txt');
}

function requirementsHash(): string {
  return sha256OfText(readTextFile(requirementsFile(), 'the versions of Jupyter'));
}

function stampFile(): string {
  return projectPath('.venv', 'culture-lens-requirements.sha256');
}
