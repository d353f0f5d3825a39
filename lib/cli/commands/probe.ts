import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { DEFAULT_CHAT_SETTINGS } from '../../prompts/chat-template.js';
import { loadTemplates } from '../../prompts/templates.js';
import { makeStudy, type StudySettings } from '../../runs/study.js';
import { ORDER_JOINS, type OrderJoin } from '../../scoring/join-orders.js';
import { loadHumanSide } from '../../survey/human-side.js';
import { joinOption } from '../join-option.js';
import { MODEL_ARGUMENT, type ModelOptions, modelArgument, modelOptions } from '../model-argument.js';
import { positiveInteger } from '../positive-integer.js';
import { printStudyPlan } from '../print-study-plan.js';
import { runStudyInTerminal } from '../run-study-in-terminal.js';
import { setOrList } from '../set-or-list.js';

interface ProbeOptions extends ModelOptions {
  readonly study: string;
  readonly items?: string;
  readonly countries?: string;
  readonly human?: string;
  readonly weights: StudySettings['weights'];
  readonly suspectCells: StudySettings['suspectCells'];
  readonly template?: string;
  readonly order: 'both' | 'given' | 'reversed';
  readonly format: 'plain' | 'chat' | 'both';
  readonly reading: string;
  readonly join: OrderJoin;
  readonly system?: string;
  readonly provider: StudySettings['provider'];
  readonly threads?: number;
  readonly packing: StudySettings['packing'];
  readonly memory?: number;
  readonly rowTokens?: number;
  readonly plan?: boolean;
  readonly runs?: string;
}

/** Whom a model is compared with, and what of them it is asked about. */
function humanSettings({
  items,
  countries,
  human,
  weights,
  suspectCells,
}: ProbeOptions): Pick<StudySettings, 'items' | 'countries' | 'human' | 'weights' | 'suspectCells'> {
  const side = human === undefined ? null : loadHumanSide(resolve(human));
  const own = side?.own?.items.map(({ variable }) => variable) ?? [];
  return {
    items: setOrList(items ?? (own.length > 0 ? 'own' : 'wvs-209'), 'items', own),
    countries: setOrList(countries ?? (side?.record.kind === 'tidy' ? 'own' : 'default-55'), 'countries'),
    ...{ human: side?.folder ?? null, weights, suspectCells },
  };
}

const HELP = `
  npx culture-lens probe path/to/model --plan
  npx culture-lens probe path/to/model --study mine --format both
  npx culture-lens probe org/name@<commit> --items sample-24
  npx culture-lens probe http://127.0.0.1:8000 --tokenizer path/to/tokenizer --name my-70b`;

/** `culture-lens probe <model>`: asks one model, with everything a study file can say as options. */
export function probeCommand(): Command {
  const command = new Command('probe')
    .description('Put the survey to one model: a folder, a repository of the hub, or a server.')
    .argument('<model>', MODEL_ARGUMENT);
  for (const option of modelOptions()) {
    command.addOption(option);
  }
  return command
    .option(
      '--study <id>',
      'study id, a name of your own and no file: readings go to data/runs/<id>/<name>',
      'probe',
    )
    .option(
      '--items <set or list>',
      'item set (wvs-209, wvs-215, values-only, sample-24, sample-60), "own" of a human side, or variables such as Q57,Q164 (default: wvs-209, or the ' +
        "human side's own)",
    )
    .option(
      '--countries <set or list>',
      'default-55, all-66, "own" of a human side, or ISO3 codes such as DEU,JPN (default: default-55, or all of a tidy table)',
    )
    .option(
      '--human <folder>',
      'people of an imported survey (culture-lens import), instead of those that ship',
    )
    .addOption(
      new Option('--weights <side>', "people's shares with survey weights where they are known, or without")
        .choices(['weighted', 'unweighted'])
        .default('weighted'),
    )
    .addOption(
      new Option('--suspect-cells <way>', 'cells that look wrong in the survey itself')
        .choices(['keep', 'leave-out'])
        .default('keep'),
    )
    .option(
      '--template <list>',
      `prompt templates, of: ${loadTemplates()
        .templates.map(({ id }) => id)
        .join(', ')} (default: people-answer)`,
    )
    .addOption(
      new Option('--order <order>', 'order of the options')
        .choices(['both', 'given', 'reversed'])
        .default('both'),
    )
    .addOption(
      new Option('--format <format>', "plain text, the model's chat template, or both")
        .choices(['plain', 'chat', 'both'])
        .default('plain'),
    )
    .option(
      '--reading <list>',
      "what is read of each prompt: letter (the option's letter), answer-text (its label, summed over its tokens)",
      'letter',
    )
    .addOption(joinOption().default(ORDER_JOINS[0]))
    .option('--system <text>', 'system turn of chat prompts (default: none)')
    .addOption(
      new Option('--provider <provider>', 'where the model runs; auto takes the first that really runs')
        .choices(['auto', 'cuda', 'webgpu', 'cpu'])
        .default('auto'),
    )
    .option('--threads <number>', 'CPU threads (default: left to onnxruntime)', positiveInteger)
    .addOption(
      new Option(
        '--packing <packing>',
        'auto packs prompts that begin alike into one row; off runs them whole',
      )
        .choices(['auto', 'off'])
        .default('auto'),
    )
    .option('--memory <MB>', 'working memory of one run beside the weights (default: 96)', positiveInteger)
    .option(
      '--row-tokens <number>',
      'tokens that a packed row holds at most (default: the fastest of a few that are timed)',
      positiveInteger,
    )
    .option(
      '--plan',
      'print what would be run, how long it may take and why, and stop (a model of the hub is fetched for it)',
    )
    .option('--runs <folder>', 'where runs are written (default: data/runs)')
    .addHelpText('after', HELP)
    .action(async (given: string, options: ProbeOptions) => {
      const model = modelArgument(given, options);
      if ('hub' in model) {
        console.error(`There is no folder ${given} here, so it is taken for a repository of the hub.`);
      }
      const { name } = model;
      const study = makeStudy({
        id: options.study,
        title: `Probe of ${name}`,
        models: [model],
        settings: {
          ...humanSettings(options),
          templates: options.template?.split(',').map((id) => id.trim()),
          orders: options.order === 'both' ? undefined : [options.order],
          formats: options.format === 'both' ? ['plain', 'chat'] : [options.format],
          readings: options.reading.split(',').map((kind) => kind.trim()) as StudySettings['readings'],
          join: options.join,
          chat:
            options.system === undefined ? undefined : { ...DEFAULT_CHAT_SETTINGS, system: options.system },
          provider: options.provider,
          threads: options.threads,
          packing: options.packing,
          memoryMegabytes: options.memory,
          rowTokens: options.rowTokens,
        },
      });
      if (options.plan === true) {
        await printStudyPlan(study, options);
        return;
      }
      // Several models may be probed under one study id, each with a summary of its own.
      await runStudyInTerminal(study, { ...options, summaryOf: name });
    });
}
