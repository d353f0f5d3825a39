import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { writeWhole } from '../../files/write-whole.js';
import { lastLines, runProcess } from '../python/run-process.js';
import type { JupyterPython } from './python.js';

/** The kernel's name in a notebook's metadata. */
export const KERNEL_NAME = 'tslab';

/** True when the environment's kernel already starts this Node with this repository's tslab. */
export function kernelIsRegistered(environment: JupyterPython): boolean {
  const file = kernelFile(environment);
  try {
    const specification = JSON.parse(readFileSync(file, 'utf8')) as { argv?: unknown };
    return JSON.stringify(specification.argv) === JSON.stringify(kernelCommand());
  } catch {
    return false;
  }
}

/**
 * Registers the tslab kernel in a Python environment; does nothing when that is done already.
 *
 * @throws InputError with tslab's own words when its installer fails
 */
export async function registerKernel(environment: JupyterPython): Promise<void> {
  if (kernelIsRegistered(environment)) {
    return;
  }
  const install = [tslabProgram(), 'install', `--python=${environment.python}`, '--sys-prefix'];
  const result = await runProcess(process.execPath, install, { timeoutMilliseconds: 120_000 });
  const file = kernelFile(environment);
  if (result.status !== 0 || !existsSync(file)) {
    throw new InputError(
      `Registering the tslab kernel: its installer failed in ${environment.prefix}.\n` +
        `${lastLines(result.standardError || result.standardOutput, 5)}\n` +
        'Expected a Python with Jupyter that it can write to. Delete .venv and run npm run setup again.',
    );
  }
  // The installer's specification looks for `tslab` and `node` on the PATH of whoever starts Jupyter; a Jupyter started
  // from a desktop has neither. Full paths always work (and on Windows stopping the kernel then ends Node, not cmd).
  const specification = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  await writeWhole(file, `${JSON.stringify({ ...specification, argv: kernelCommand() }, null, 1)}\n`);
  if (environment.kind === 'project') {
    // The installer adds a JavaScript kernel, which JupyterLab would offer first and which runs none of the notebooks.
    rmSync(join(environment.prefix, 'share', 'jupyter', 'kernels', 'jslab'), {
      recursive: true,
      force: true,
    });
  }
}

function kernelFile(environment: JupyterPython): string {
  return join(environment.prefix, 'share', 'jupyter', 'kernels', KERNEL_NAME, 'kernel.json');
}

function kernelCommand(): string[] {
  // Analyses make millions of small records that are gone at once: more room for the young saves a fifth of the time.
  const memory = '--max-semi-space-size=64';
  return [process.execPath, memory, tslabProgram(), 'kernel', '--config-path', '{connection_file}'];
}

function tslabProgram(): string {
  const program = projectPath('node_modules', 'tslab', 'bin', 'tslab');
  if (!existsSync(program)) {
    throw new InputError(`Registering the tslab kernel: ${program} is missing. Run npm ci first.`);
  }
  return program;
}
