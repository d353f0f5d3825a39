import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { exportInspect } from '../../../runs/export/inspect/export-inspect.js';
import { type AskedOptions, askedStudy, withAskedOptions } from './asked-study.js';

const HELP = `
The folder holds the questions as user turns, a task in Python and a README that says how to run it:

  npx culture-lens export inspect tasks/values --items sample-24 --countries DEU,JPN,KEN
  inspect eval tasks/values/culture_lens_inspect.py --model hf/local -M model_path=my-model \\
    --log-format json --log-dir logs
  npx culture-lens import inspect logs/<log>.json --name my-model`;

/** `culture-lens export inspect <out>`: a task folder for inspect_ai. */
export function exportInspectCommand(): Command {
  return withAskedOptions(
    new Command('inspect')
      .description(
        'Write the questions of a study as a task for inspect_ai; "import inspect" brings its log back.',
      )
      .argument('<out>', 'new folder of the task')
      .option('--replace', 'replace a task folder that is there'),
  )
    .addHelpText('after', HELP)
    .action(async (out: string, options: AskedOptions & { readonly replace?: boolean }) => {
      const folder = resolve(out);
      const { replace = false } = options;
      const { documents } = await exportInspect({ study: askedStudy(options, folder), out: folder, replace });
      console.log(`${documents.toLocaleString('en')} questions as user turns`);
      console.log(
        `Written: ${relative(process.cwd(), folder)} (its README says how to run it and to bring the log back)`,
      );
    });
}
