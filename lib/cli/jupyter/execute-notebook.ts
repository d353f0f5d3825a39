import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { writeWhole } from '../../files/write-whole.js';
import { lastLines, runProcess } from '../python/run-process.js';
import { KERNEL_NAME } from './kernel.js';
import { formatNotebook, loadNotebook, type Notebook } from './notebook-file.js';
import type { JupyterPython } from './python.js';

export interface ExecuteOptions {
  /** The Python to execute with, from `setup`. */
  readonly environment: JupyterPython;
  /** Where to write the executed notebook; default: nowhere. */
  readonly output?: string;
  /** The kernel's working folder. Default: the repository's notebooks/. */
  readonly workingFolder?: string;
  /** For the whole notebook. Default: 900. */
  readonly timeoutSeconds?: number;
  /** Called after each code cell. */
  readonly onCell?: (cell: { readonly cell: number; readonly of: number; readonly seconds: number }) => void;
}

/** A notebook with its outputs, as far as it came. A cell that failed carries an `error` output, later ones none at all. */
export interface ExecutedNotebook {
  readonly notebook: Notebook;
  /** Seconds of each code cell that finished, in order. */
  readonly cellSeconds: readonly number[];
  /** From starting Python to the kernel's end. */
  readonly totalSeconds: number;
}

/** How long the child may take beyond the notebook's own limit: starting Python and stopping the kernel. */
const GRACE_SECONDS = 60;

/**
 * Executes a notebook from top to bottom on a fresh tslab kernel (through nbclient). The file itself is not changed.
 *
 * A failing cell is a result, for `checkNotebook` to report.
 *
 * @throws InputError when the notebook cannot be read or Jupyter cannot be started
 */
export async function executeNotebook(path: string, options: ExecuteOptions): Promise<ExecutedNotebook> {
  loadNotebook(path);
  const temporaryFolder = mkdtempSync(join(tmpdir(), 'culture-lens-notebook-'));
  const executedFile = join(temporaryFolder, basename(path));
  const timeoutSeconds = options.timeoutSeconds ?? 900;
  const cellSeconds: number[] = [];
  const started = performance.now();
  try {
    const result = await runProcess(
      options.environment.python,
      [
        // Python sources stay beside the TypeScript ones; the build does not copy them.
        projectPath('lib', 'cli', 'jupyter', 'execute_notebook.py'),
        path,
        executedFile,
        `--kernel=${KERNEL_NAME}`,
        `--folder=${options.workingFolder ?? projectPath('notebooks')}`,
        `--timeout=${timeoutSeconds}`,
      ],
      {
        environment: kernelEnvironment(),
        timeoutMilliseconds: (timeoutSeconds + GRACE_SECONDS) * 1000,
        onLine: (line) => {
          const event = parseEvent(line);
          if (event !== null) {
            cellSeconds.push(event.seconds);
            options.onCell?.(event);
          }
        },
      },
    );
    if (result.status !== 0) {
      throw new InputError(
        `Executing ${path}: Jupyter ${result.timedOut ? 'did not stop' : 'failed'}.\n` +
          `${lastLines(result.standardError, 8)}\n` +
          'Expected it to run the notebook on the tslab kernel. Delete .venv and run npm run setup.',
      );
    }
    const notebook = loadNotebook(executedFile);
    if (options.output !== undefined) {
      await writeWhole(options.output, formatNotebook(notebook));
    }
    return { notebook, cellSeconds, totalSeconds: (performance.now() - started) / 1000 };
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
  }
}

/** The environment for Jupyter: this Node first on the path, and quiet Python start-up. */
export function kernelEnvironment(): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), process.env.PATH ?? process.env.Path ?? ''].join(delimiter);
  const { Path: _windowsSpelling, ...others } = process.env;
  // Debugger checks of frozen modules print a warning on stderr for every kernel.
  return { ...others, PATH: path, PYDEVD_DISABLE_FILE_VALIDATION: '1', PYTHONUTF8: '1' };
}

function parseEvent(line: string): { cell: number; of: number; seconds: number } | null {
  try {
    const event = JSON.parse(line) as { kind?: string; cell: number; of: number; seconds: number };
    return event.kind === 'cell' ? { cell: event.cell, of: event.of, seconds: event.seconds } : null;
  } catch {
    return null;
  }
}
