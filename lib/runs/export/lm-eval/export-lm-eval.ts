import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataPath } from '../../../files/data-folder.js';
import { InputError } from '../../../files/input-error.js';
import { readTextFile } from '../../../files/read-json.js';
import { writeFolder } from '../../../files/write-folder.js';
import { type ChatTemplate, loadChatTemplate } from '../../../prompts/chat-template.js';
import type { Prompt } from '../../../types.js';
import { hashPrompts } from '../../identity.js';
import { humanSideOf, loadPeople } from '../../people.js';
import { loadQuestionnaire } from '../../questionnaire.js';
import { inReadingOrder } from '../../reading-kinds.js';
import { runSettings } from '../../run-manifest.js';
import type { Study } from '../../study.js';
import { type Questionnaire, studyPrompts } from '../../study-prompts.js';
import { peopleSource } from '../data-dictionary.js';
import { harnessDocument } from './harness-document.js';
import { METADATA_KEY, TASK_CONTRACT, type TaskMetadata } from './task-metadata.js';

/** What becomes a task, and where. */
export interface LmEvalExport {
  /** Its settings are what is asked; its models are not. */
  readonly study: Pick<Study, 'id' | 'settings'>;
  /** New folder of the task. */
  readonly out: string;
  /** Folder of the model whose chat template chat prompts are rendered with. */
  readonly chatTemplateOf?: string;
  readonly replace?: boolean;
}

/** What was written. */
export interface LmEvalTask {
  readonly folder: string;
  /** Name that `--tasks` takes. */
  readonly task: string;
  /** Documents: prompts, each once for every kind of reading. */
  readonly documents: number;
}

const DOCUMENTS_FILE = 'documents.jsonl';
const PYTHON_FILE = 'culture_lens_task.py';

/**
 * Writes the prompts of a study as a task folder of lm-evaluation-harness, with people's answers beside them.
 *
 * @throws InputError for a folder that is there, chat prompts without a model's chat template, and whatever a study cannot ask
 */
export async function exportLmEval(request: LmEvalExport): Promise<LmEvalTask> {
  const { study, out, replace = false } = request;
  requireFree(out, replace);
  const { settings } = study;
  const chatTemplate = chatTemplateFor(request);
  const questionnaire = loadQuestionnaire(settings);
  const prompts = studyPrompts(settings, questionnaire, { name: 'the task', chatTemplate });
  const task = `culture_lens_${study.id.replaceAll(/\W/g, '_')}`;
  const documents = documentLines(prompts, questionnaire, settings);
  const metadata: TaskMetadata = {
    contract: TASK_CONTRACT,
    study: study.id,
    settings: askedSettings(settings, prompts, questionnaire),
    prompts: { count: prompts.length, sha256: hashPrompts(prompts) },
    chatTemplate: settings.formats.includes('chat') ? chatTemplate : null,
  };
  const { citation, terms } = peopleSource(settings.human);
  const filled = (name: string, values: Readonly<Record<string, string>>): string =>
    readTextFile(dataPath('exchange', 'lm-eval', name), 'a file of every task').replaceAll(
      /\{(\w+)\}/g,
      (slot, key: string) => values[key] ?? slot,
    );
  await writeFolder(out, {
    [`${task}.yaml`]: filled('task.yaml', {
      task,
      metadata: JSON.stringify({ version: TASK_CONTRACT, [METADATA_KEY]: metadata, citation, terms }),
    }),
    [DOCUMENTS_FILE]: documents.join(''),
    [PYTHON_FILE]: filled(PYTHON_FILE, {}),
    'README.md': filled('README.md', {
      ...{ task, citation, terms, study: study.id },
      count: documents.length.toLocaleString('en'),
      what: `templates ${settings.templates.join(', ')}; ${settings.formats.join(' and ')}; ${settings.readings.join(' and ')}`,
    }),
  });
  return { folder: out, task, documents: documents.length };
}

function documentLines(
  prompts: readonly Prompt[],
  { items }: Questionnaire,
  settings: Study['settings'],
): string[] {
  const itemOf = new Map(items.map((item) => [item.variable, item]));
  const { human } = loadPeople(items, settings, humanSideOf(settings));
  return inReadingOrder(settings.readings).flatMap((readingKind) =>
    prompts.flatMap((prompt) => {
      const item = itemOf.get(prompt.variable);
      const people = prompt.country === null ? null : human.answer(prompt.country, prompt.variable);
      return item === undefined
        ? []
        : [`${JSON.stringify(harnessDocument(prompt, { item, people, readingKind }))}\n`];
    }),
  );
}

/** Sets of items and countries are written out: a set may hold others by the time a log is brought back. */
function askedSettings(
  settings: Study['settings'],
  prompts: readonly Prompt[],
  { countries }: Questionnaire,
): TaskMetadata['settings'] {
  const { templates, orders, formats, readingKinds, chat, items } = runSettings(settings, prompts);
  return {
    ...{ items, templates, orders, formats, readings: readingKinds, chat },
    countries: countries.map(({ iso3 }) => iso3),
  };
}

/** The template without the place that it came from. */
function chatTemplateFor({ study, chatTemplateOf }: LmEvalExport): ChatTemplate | null {
  if (!study.settings.formats.includes('chat')) {
    return null;
  }
  const template = chatTemplateOf === undefined ? null : loadChatTemplate(chatTemplateOf);
  if (template === null) {
    throw new InputError(
      `Exporting a task: chat prompts are asked for, and ${
        chatTemplateOf === undefined ? 'no model is named' : `${chatTemplateOf} has no chat template`
      }. Expected the folder of the model that is to answer (tokenizer_config.json, chat_template.jinja). Name it with --chat-template-of, ` +
        'or ask with --format plain.',
    );
  }
  return { ...template, path: basename(template.path) };
}

/** Replacing is only for what an export wrote. */
function requireFree(folder: string, replace: boolean): void {
  if (!existsSync(folder)) {
    return;
  }
  const isOurs = existsSync(join(folder, DOCUMENTS_FILE)) && existsSync(join(folder, PYTHON_FILE));
  if (!replace || !isOurs) {
    throw new InputError(
      `Exporting a task: ${folder} exists${isOurs ? '' : ' and is no task folder'}. Expected a new folder. ` +
        `${isOurs ? 'Replace it with --replace, or name' : 'Name'} another.`,
    );
  }
}
