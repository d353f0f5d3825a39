import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { DEFAULT_CHAT_SETTINGS } from '../../../prompts/chat-template.js';
import { loadStudy, makeStudy, type Study, type StudySettings } from '../../../runs/study.js';
import { setOrList } from '../../set-or-list.js';

/** What of a study's prompts can be said on the command line. */
export interface AskedOptions {
  readonly settings?: string;
  readonly items?: string;
  readonly countries?: string;
  readonly human?: string;
  readonly template?: string;
  readonly order?: 'both' | 'given' | 'reversed';
  readonly format?: 'plain' | 'chat' | 'both';
  readonly reading?: string;
  readonly system?: string;
}

/** The options of {@link AskedOptions}; each goes before the settings of the study file. */
export function withAskedOptions(command: Command): Command {
  return command
    .option('--settings <file>', 'study file whose settings are taken; the options below go before them')
    .option('--items <set or list>', 'item set, or variables such as Q57,Q164 (default: wvs-209)')
    .option(
      '--countries <set or list>',
      'default-55, all-66, or ISO3 codes such as DEU,JPN (default: default-55)',
    )
    .option('--human <folder>', 'people of an imported survey, instead of those that ship')
    .option('--template <list>', 'prompt templates (default: people-answer)')
    .addOption(
      new Option('--order <order>', 'order of the options (default: both)').choices([
        'both',
        'given',
        'reversed',
      ]),
    )
    .addOption(
      new Option(
        '--format <format>',
        "plain text, the model's chat template, or both (default: plain)",
      ).choices(['plain', 'chat', 'both']),
    )
    .option('--reading <list>', 'letter, answer-text, or both (default: letter)')
    .option('--system <text>', 'system turn of chat prompts (default: none)');
}

/** The study that the options describe, named after its file or, without one, after the folder that it is exported to. */
export function askedStudy(options: AskedOptions, out: string): Study {
  const file = options.settings === undefined ? null : loadStudy(resolve(options.settings));
  return makeStudy({
    id: file?.id ?? basename(out).replaceAll(/[^A-Za-z0-9._-]/g, '-'),
    title: file?.title ?? 'A task for other programs',
    // What is asked does not depend on whom.
    models: file?.models ?? [{ name: 'any', folder: '.' }],
    settings: { ...file?.settings, ...settingsOf(options) },
  });
}

function settingsOf(options: AskedOptions): Partial<StudySettings> {
  const { items, countries, human, template, order, format, reading, system } = options;
  return {
    ...(items === undefined ? {} : { items: setOrList(items, 'items') }),
    ...(countries === undefined ? {} : { countries: setOrList(countries, 'countries') }),
    ...(human === undefined ? {} : { human: resolve(human) }),
    ...(template === undefined ? {} : { templates: words(template) }),
    ...(order === undefined ? {} : { orders: order === 'both' ? ['given', 'reversed'] : [order] }),
    ...(format === undefined ? {} : { formats: format === 'both' ? ['plain', 'chat'] : [format] }),
    ...(reading === undefined ? {} : { readings: words(reading) as StudySettings['readings'] }),
    ...(system === undefined ? {} : { chat: { ...DEFAULT_CHAT_SETTINGS, system } }),
  };
}

function words(list: string): string[] {
  return list.split(',').map((one) => one.trim());
}
