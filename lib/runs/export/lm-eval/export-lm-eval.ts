import { basename } from 'node:path';
import { InputError } from '../../../files/input-error.js';
import { writeFolder } from '../../../files/write-folder.js';
import { type ChatTemplate, loadChatTemplate } from '../../../prompts/chat-template.js';
import type { Prompt } from '../../../types.js';
import { humanSideOf, loadPeople } from '../../people.js';
import { loadQuestionnaire } from '../../questionnaire.js';
import { inReadingOrder } from '../../reading-kinds.js';
import type { Study } from '../../study.js';
import { type Questionnaire, studyPrompts } from '../../study-prompts.js';
import { peopleSource } from '../data-dictionary.js';
import { describeTask } from '../task/describe-task.js';
import { DOCUMENTS_FILE, filledFile, requireFreeTask } from '../task/task-files.js';
import { METADATA_KEY, TASK_CONTRACT } from '../task/task-metadata.js';
import { harnessDocument } from './harness-document.js';

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

const PYTHON_FILE = 'culture_lens_task.py';

/**
 * Writes the prompts of a study as a task folder of lm-evaluation-harness, with people's answers beside them.
 *
 * @throws InputError for a folder that is there, chat prompts without a model's chat template, and whatever a study cannot ask
 */
export async function exportLmEval(request: LmEvalExport): Promise<LmEvalTask> {
  const { study, out, replace = false } = request;
  requireFreeTask(out, { pythonFile: PYTHON_FILE, replace });
  const { settings } = study;
  const chatTemplate = chatTemplateFor(request);
  const questionnaire = loadQuestionnaire(settings);
  const prompts = studyPrompts(settings, questionnaire, { name: 'the task', chatTemplate });
  const task = `culture_lens_${study.id.replaceAll(/\W/g, '_')}`;
  const documents = documentLines(prompts, questionnaire, settings);
  const metadata = describeTask(study, {
    ...{ prompts, questionnaire },
    chatTemplate: settings.formats.includes('chat') ? chatTemplate : null,
  });
  const { citation, terms } = peopleSource(settings.human);
  await writeFolder(out, {
    [`${task}.yaml`]: filledFile('lm-eval', 'task.yaml', {
      task,
      metadata: JSON.stringify({ version: TASK_CONTRACT, [METADATA_KEY]: metadata, citation, terms }),
    }),
    [DOCUMENTS_FILE]: documents.join(''),
    [PYTHON_FILE]: filledFile('lm-eval', PYTHON_FILE),
    'README.md': filledFile('lm-eval', 'README.md', {
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
