import { existsSync, readFileSync } from 'node:fs';
import { delimiter, posix, win32 } from 'node:path';
import { runProcess } from '../python/run-process.js';

/** What executing, drawing and looking at a notebook needs from Python. */
const NEEDED_MODULES = ['jupyterlab', 'nbclient', 'nbformat', 'plotly'] as const;

/** A Python that can run Jupyter. */
export interface JupyterPython {
  /** Path of the interpreter. */
  readonly python: string;
  /** Its `sys.prefix`: kernels are registered in share/jupyter/kernels below it. */
  readonly prefix: string;
  /** `project` is the repository's own .venv, `found` an environment of the user's. */
  readonly kind: 'project' | 'found';
}

/**
 * Interpreters that may own a `jupyter` program, likeliest first.
 *
 * @param jupyter path of the program
 * @param firstLine its first line, where pip writes the interpreter (`#!/path/python`); empty for a Windows .exe
 */
export function pythonsOwning(
  jupyter: string,
  firstLine: string,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const path = platform === 'win32' ? win32 : posix;
  const folder = path.dirname(jupyter);
  if (platform === 'win32') {
    // A virtual environment has both programs in Scripts; an ordinary installation has python.exe one level up.
    return [path.join(folder, 'python.exe'), path.join(folder, '..', 'python.exe')];
  }
  const named = /^#!\s*(\/.*python[\d.]*)\s*$/.exec(firstLine)?.[1];
  const beside = [path.join(folder, 'python3'), path.join(folder, 'python')];
  return named === undefined ? beside : [named, ...beside];
}

/** Looks for a Jupyter of the user's that has everything needed and can take a kernel; null when there is none. */
export async function findJupyterOnPath(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<JupyterPython | null> {
  const program = process.platform === 'win32' ? 'jupyter.exe' : 'jupyter';
  const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter).filter((part) => part !== '');
  const path = process.platform === 'win32' ? win32 : posix;
  for (const folder of folders) {
    const jupyter = path.join(folder, program);
    if (!existsSync(jupyter)) {
      continue;
    }
    for (const python of pythonsOwning(jupyter, firstLineOf(jupyter))) {
      const prefix = existsSync(python) ? await usablePrefix(python) : null;
      if (prefix !== null) {
        return { python, prefix, kind: 'found' };
      }
    }
  }
  return null;
}

// Prints sys.prefix when every module is there and a kernel can be registered; anything else means "not this one".
const PROBE = `
import importlib.util, os, sys
folder = os.path.join(sys.prefix, 'share', 'jupyter', 'kernels')
while not os.path.exists(folder):
    folder = os.path.dirname(folder)
if all(importlib.util.find_spec(name) for name in sys.argv[1:]) and os.access(folder, os.W_OK):
    print(sys.prefix)
`;

async function usablePrefix(python: string): Promise<string | null> {
  try {
    const result = await runProcess(python, ['-c', PROBE, ...NEEDED_MODULES], {
      timeoutMilliseconds: 30_000,
    });
    const prefix = result.standardOutput.trim();
    return result.status === 0 && prefix !== '' ? prefix : null;
  } catch {
    return null;
  }
}

function firstLineOf(path: string): string {
  try {
    return readFileSync(path, 'latin1').split('\n', 1)[0] ?? '';
  } catch {
    return '';
  }
}
