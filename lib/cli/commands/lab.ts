import { Command } from 'commander';
import { InputError } from '../../files/input-error.js';
import { lab } from '../jupyter/lab.js';
import { positiveInteger } from '../positive-integer.js';

/** `culture-lens lab`: JupyterLab on the notebooks. */
export function labCommand(): Command {
  return new Command('lab')
    .description(
      'Open the notebooks in JupyterLab with the TypeScript kernel; sets both up when they are missing.',
    )
    .option('--no-browser', 'do not open a browser window')
    .option('--port <number>', 'port (default: 8888, or the next that is free)', positiveInteger)
    .action(async (options: { browser: boolean; port?: number }) => {
      const status = await lab({ ...options, log: console.log });
      if (status !== 0) {
        throw new InputError(
          `Running JupyterLab: it ended with status ${status}. Its own message stands above; another port may help: --port 8899.`,
        );
      }
    });
}
