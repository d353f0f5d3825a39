import { spawn } from 'node:child_process';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { kernelEnvironment } from './execute-notebook.js';
import { setup } from './setup.js';

export interface LabOptions {
  /** The folder that JupyterLab opens on. Default: the repository's notebooks/. */
  readonly folder?: string;
  /** Open a browser window. Default: true. */
  readonly browser?: boolean;
  /** Default: 8888, or the next that is free. */
  readonly port?: number;
  /** Handed to JupyterLab as they are. */
  readonly extraArguments?: readonly string[];
  readonly log?: (line: string) => void;
}

/**
 * Runs JupyterLab on the notebooks with the TypeScript kernel, setting both up where needed, until it is stopped.
 *
 * @returns JupyterLab's exit status
 * @throws InputError when Jupyter can neither be found nor installed
 */
export async function lab(options: LabOptions = {}): Promise<number> {
  const log = options.log ?? (() => {});
  const environment = await setup({ log });
  log('Starting JupyterLab. Stop it with Ctrl-C.');
  const child = spawn(environment.python, labArguments(options, process.getuid?.() === 0), {
    cwd: options.folder ?? projectPath('notebooks'),
    env: kernelEnvironment(),
    stdio: 'inherit',
  });
  // Ctrl-C reaches JupyterLab as well, which asks before it stops; this process has to outlive that question.
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  const stop = (): void => {
    child.kill('SIGTERM');
  };
  process.once('SIGTERM', stop);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', (error) =>
        reject(new InputError(`Starting JupyterLab: ${error.message}. Run npm run setup.`)),
      );
      child.on('close', (status) => resolve(status ?? 0));
    });
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', stop);
  }
}

/** The arguments of Python that start JupyterLab. */
export function labArguments(options: LabOptions, isRoot: boolean): string[] {
  return [
    '-m',
    'jupyterlab',
    `--ServerApp.root_dir=${options.folder ?? projectPath('notebooks')}`,
    ...(options.browser === false ? ['--no-browser'] : []),
    ...(options.port === undefined ? [] : [`--port=${options.port}`]),
    // Inside a container the user is usually root, and JupyterLab would refuse to start.
    ...(isRoot ? ['--allow-root'] : []),
    ...(options.extraArguments ?? []),
  ];
}
