import { Command, Option } from 'commander';
import { sha256OfFile } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { loadTemplates } from '../../prompts/templates.js';
import { firstTokenCheck } from '../../runs/first-token/first-token-check.js';
import { localModel } from '../../runs/models/local-models.js';
import type { OpenedModel } from '../../runs/models/model-source.js';
import { studySource } from '../../runs/models/study-source.js';
import { loadQuestionnaire } from '../../runs/questionnaire.js';
import { providerOf } from '../../runs/run-provider.js';
import { makeStudy, type StudySettings } from '../../runs/study.js';
import { studyPrompts } from '../../runs/study-prompts.js';
import type { PromptFormat } from '../../types.js';
import { MODEL_ARGUMENT, type ModelOptions, modelArgument, modelOptions } from '../model-argument.js';
import { positiveInteger } from '../positive-integer.js';
import { setOrList } from '../set-or-list.js';
import { firstTokenText } from '../tables/first-token-text.js';
import { terminalProgress } from '../terminal-progress.js';
import { untilInterrupted } from '../until-interrupted.js';

interface FirstTokenOptions extends ModelOptions {
  readonly items: string;
  readonly countries: string;
  readonly template: string;
  readonly format: PromptFormat;
  readonly sample: number;
  readonly tokens: number;
  readonly seed: number;
  readonly provider: StudySettings['provider'];
  readonly json?: boolean;
}

const HELP = `
A model that was tuned to converse may open its answer with other words than a letter. Its letters
can still be compared among each other, but the most probable one need not be what it would answer.
This draws prompts of a study in both option orders, lets the model write, looks which option the
beginning of the answer names (its letter or its text), and counts how often that is the option of
the most probable letter. Nothing is stored.

  npx culture-lens first-token path/to/model --format chat
  npx culture-lens first-token path/to/model --items values-only --sample 400 --json > check.json`;

/** `culture-lens first-token <model>`: is the most probable letter what the model then writes? */
export function firstTokenCommand(): Command {
  const command = new Command('first-token')
    .description(
      "Check on a sample whether a model's most probable letter is the answer that it then writes.",
    )
    .argument('<model>', MODEL_ARGUMENT);
  for (const option of modelOptions()) {
    command.addOption(option);
  }
  return command
    .option('--items <set or list>', 'item set or variables such as Q57,Q164', 'wvs-209')
    .option('--countries <set or list>', 'default-55, all-66, or ISO3 codes such as DEU,JPN', 'default-55')
    .option('--template <id>', 'prompt template', loadTemplates().default)
    .addOption(
      new Option('--format <format>', "plain text or the model's chat template")
        .choices(['plain', 'chat'])
        .default('plain'),
    )
    .option('--sample <number>', 'prompts drawn', positiveInteger, 100)
    .option('--tokens <number>', 'tokens that an answer has at most', positiveInteger, 12)
    .option('--seed <number>', 'of the draw', positiveInteger, 1)
    .addOption(
      new Option('--provider <provider>', 'where the model runs; auto takes the first that really runs')
        .choices(['auto', 'cuda', 'webgpu', 'cpu'])
        .default('auto'),
    )
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', HELP)
    .action((given: string, options: FirstTokenOptions) =>
      untilInterrupted((signal) => checkInTerminal(given, options, signal), {
        notice:
          'Stopping after the prompt in flight, or once the model is loaded (Ctrl-C again: at once) ...',
        outcome: 'Stopped: nothing is stored by this check. Repeat it from the beginning.',
      }),
    );
}

/** @throws InputError when a server changed during the check, or nobody can tell */
async function requireSameModel({ model, confirm }: OpenedModel): Promise<void> {
  if ((await confirm?.('patient')) === false) {
    throw new InputError(
      `Checking first tokens of ${model.card.name}: a server that answered is gone, so nobody can tell whether one model wrote all of them. ` +
        'Expected it to answer to the end. See that all servers are up, or leave that one out, and repeat the command.',
    );
  }
}

async function checkInTerminal(
  given: string,
  options: FirstTokenOptions,
  signal: AbortSignal,
): Promise<void> {
  const model = modelArgument(given, options);
  const onProgress = terminalProgress(process.stderr);
  const onMessage = (line: string): void => void process.stderr.write(`${line}\n`);
  const source = studySource(await localModel(model, { onProgress, onMessage, signal }), sha256OfFile);
  const { settings } = makeStudy({
    ...{ id: 'first-token', title: 'Check of first tokens', models: [model] },
    settings: {
      items: setOrList(options.items, 'items'),
      countries: setOrList(options.countries, 'countries'),
      templates: [options.template],
      formats: [options.format],
    },
  });
  const prompts = studyPrompts(settings, loadQuestionnaire(settings), source);
  const provider = await providerOf(source, { choice: options.provider });
  const onNotice = (line: string): void => void process.stderr.write(`${source.name}: ${line}\n`);
  const opened = await source.open({ ...settings, provider, onNotice, signal });
  try {
    const { sample, seed, tokens } = options;
    const check = await firstTokenCheck(opened, { prompts, sample, seed, tokens, onProgress, signal });
    await requireSameModel(opened);
    console.log(options.json === true ? JSON.stringify(check, null, 1) : firstTokenText(check));
  } catch (error) {
    // Requests that were under way to a server end as failures.
    signal.throwIfAborted();
    throw error;
  } finally {
    await opened.model.close();
  }
}
