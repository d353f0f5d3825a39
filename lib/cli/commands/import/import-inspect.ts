import { resolve } from 'node:path';
import { Command } from 'commander';
import { inspectLog } from '../../../runs/import/logs/inspect-log.js';
import { type LogOptions, runImportedLog, withLogOptions } from './run-imported-log.js';

const HELP = `
inspect_ai must have been given a task folder that \`culture-lens export inspect\` wrote, with
--log-format json:

  npx culture-lens import inspect logs/<time>_culture-lens_<id>.json --name my-model

Readings, summary and report go to data/runs/<study>/<name>. A prompt is unscored, with that reason,
where an option is not among the tokens whose log-probability is logged. What the provider put
around the user turn is not in the log.`;

/** `culture-lens import inspect <log>`: a log of inspect_ai as a run. */
export function importInspectCommand(): Command {
  return withLogOptions(
    new Command('inspect')
      .description('Make a run of a log of inspect_ai over an exported task.')
      .argument('<log>', 'log in JSON, with log-probabilities'),
  )
    .addHelpText('after', HELP)
    .action(async (log: string, options: LogOptions) => {
      await runImportedLog(await inspectLog(resolve(log)), options);
    });
}
