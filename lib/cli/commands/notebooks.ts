import { resolve } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../files/input-error.js';
import { commitNotebooks } from '../jupyter/commit-notebooks.js';
import { positiveInteger } from '../positive-integer.js';

/** `culture-lens notebooks`: executes and checks the notebooks and makes them ready for committing. */
export function notebooksCommand(): Command {
  return new Command('notebooks')
    .description(
      'Type-check, execute and check notebooks in place, with a PNG beside each figure (needs a Chromium).',
    )
    .argument('[files...]', 'notebooks (default: all of notebooks/)')
    .option('--timeout <seconds>', 'for each notebook', positiveInteger, 900)
    .action(async (files: string[], options: { timeout: number }) => {
      const done = await commitNotebooks({
        ...(files.length === 0 ? {} : { paths: files.map((file) => resolve(file)) }),
        timeoutSeconds: options.timeout,
        log: console.log,
      });
      const problems = done.flatMap(({ path, problems }) => problems.map((problem) => `${path}: ${problem}`));
      if (problems.length > 0) {
        throw new InputError(
          ['Executing notebooks: some have problems and were left as they were.', ...problems].join('\n  '),
        );
      }
    });
}
