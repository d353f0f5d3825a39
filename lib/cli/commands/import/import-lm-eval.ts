import { resolve } from 'node:path';
import { Command } from 'commander';
import { lmEvalLog } from '../../../runs/import/logs/lm-eval-log.js';
import { type LogOptions, runImportedLog, withLogOptions } from './run-imported-log.js';

const HELP = `
The harness must have been given a task folder that \`culture-lens export lm-eval\` wrote. Beside the
samples it writes results_<time>.json, which tells task, model and version and is read with them:

  npx culture-lens import lm-eval logs/my-model/samples_culture_lens_values_<time>.jsonl --name my-model

Readings, summary and report go to data/runs/<study>/<name>. Log-probabilities are taken as they are
logged; a prompt that the log lacks is unscored, with that reason. Refused are logs of other
wording, of prompts that were changed on the way, with a prompt twice, and with numbers that are no
log-probabilities. Token ids and the most probable tokens are not in such a log.`;

/** `culture-lens import lm-eval <samples>`: a log of lm-evaluation-harness as a run. */
export function importLmEvalCommand(): Command {
  return withLogOptions(
    new Command('lm-eval')
      .description('Make a run of a log of lm-evaluation-harness over an exported task.')
      .argument('<samples>', 'samples_<task>_<time>.jsonl, as --log_samples writes it')
      .option(
        '--results <file>',
        'results_<time>.json of the same run (default: the one beside the samples)',
      ),
  )
    .addHelpText('after', HELP)
    .action(async (samples: string, options: LogOptions & { readonly results?: string }) => {
      const { results } = options;
      const log = await lmEvalLog({
        samples: resolve(samples),
        ...(results === undefined ? {} : { results: resolve(results) }),
      });
      await runImportedLog(log, options);
    });
}
