import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { exportLmEval } from '../../../runs/export/lm-eval/export-lm-eval.js';
import { type AskedOptions, askedStudy, withAskedOptions } from './asked-study.js';

interface LmEvalOptions extends AskedOptions {
  readonly chatTemplateOf?: string;
  readonly replace?: boolean;
}

const HELP = `
The folder holds the prompts (documents.jsonl), the task (YAML and a little Python) and a README
that says how to run it. Nothing is downloaded when it runs:

  npx culture-lens export lm-eval tasks/values --items sample-24 --countries DEU,JPN,KEN
  lm_eval run --model hf --model_args pretrained=my-model,dtype=float32 --include_path tasks/values \\
    --tasks culture_lens_values --log_samples --output_path logs
  npx culture-lens import lm-eval logs/my-model/samples_culture_lens_values_<time>.jsonl --name my-model`;

/** `culture-lens export lm-eval <out>`: a task folder for lm-evaluation-harness. */
export function exportLmEvalCommand(): Command {
  return withAskedOptions(
    new Command('lm-eval')
      .description(
        'Write the prompts of a study as a task for lm-evaluation-harness; "import lm-eval" brings its log back.',
      )
      .argument('<out>', 'new folder of the task')
      .addOption(new Option('--replace', 'replace a task folder that is there'))
      .option('--chat-template-of <folder>', 'model whose chat template chat prompts are rendered with'),
  )
    .addHelpText('after', HELP)
    .action(async (out: string, options: LmEvalOptions) => {
      const folder = resolve(out);
      const { task, documents } = await exportLmEval({
        study: askedStudy(options, folder),
        out: folder,
        ...(options.chatTemplateOf === undefined ? {} : { chatTemplateOf: resolve(options.chatTemplateOf) }),
        ...(options.replace === undefined ? {} : { replace: options.replace }),
      });
      console.log(`${documents.toLocaleString('en')} prompts, task ${task}`);
      console.log(
        `Written: ${relative(process.cwd(), folder)} (its README says how to run it and to bring the log back)`,
      );
    });
}
