import { InputError } from '../../../files/input-error.js';
import { writeFolder } from '../../../files/write-folder.js';
import type { ChatTemplate } from '../../../prompts/chat-template.js';
import { loadQuestionnaire } from '../../questionnaire.js';
import { keyOf } from '../../store/index.js';
import type { Study } from '../../study.js';
import { studyPrompts } from '../../study-prompts.js';
import { peopleSource } from '../data-dictionary.js';
import { describeTask } from '../task/describe-task.js';
import { DOCUMENTS_FILE, filledFile, requireFreeTask } from '../task/task-files.js';
import { METADATA_KEY } from '../task/task-metadata.js';

/** What inspect_ai is given of a conversation: the words of the user turn. Its provider puts its own template around them. */
const USER_TURN: ChatTemplate = {
  source: '{{ messages[0].content }}',
  path: 'the user turn',
  specialTokens: {},
};

const PYTHON_FILE = 'culture_lens_inspect.py';

/**
 * Writes the questions of a study as a task of inspect_ai: chat prompts of which only the user turn is known, read by their letters.
 *
 * @throws InputError for answer texts and a system turn, which such a task does not have, and for a folder that is there
 */
export async function exportInspect(request: {
  readonly study: Pick<Study, 'id' | 'settings'>;
  readonly out: string;
  readonly replace?: boolean;
}): Promise<{ readonly folder: string; readonly documents: number }> {
  const { out, replace = false } = request;
  const { readings, chat, human } = request.study.settings;
  requireFreeTask(out, { pythonFile: PYTHON_FILE, replace });
  if (readings.join() !== 'letter' || chat.system !== null) {
    throw new InputError(
      `Exporting a task for inspect_ai: ${chat.system === null ? `readings of ${readings.join(', ')}` : 'a system turn'} cannot be asked for. Expected ` +
        'letters and no system turn: it logs the alternatives of one token after a user turn. Leave --reading and --system out.',
    );
  }
  const study: Pick<Study, 'id' | 'settings'> = {
    id: request.study.id,
    settings: { ...request.study.settings, formats: ['chat'] },
  };
  const questionnaire = loadQuestionnaire(study.settings);
  const prompts = studyPrompts(study.settings, questionnaire, { name: 'the task', chatTemplate: USER_TURN });
  const { citation, terms } = peopleSource(human);
  const task = describeTask(study, { prompts, questionnaire, chatTemplate: USER_TURN });
  const documents = prompts.map((prompt) => {
    const id = keyOf({ ...prompt, readingKind: 'letter' });
    return `${JSON.stringify({ id, text: prompt.text })}\n`;
  });
  await writeFolder(out, {
    [DOCUMENTS_FILE]: documents.join(''),
    'task.json': `${JSON.stringify({ [METADATA_KEY]: task }, null, 2)}\n`,
    [PYTHON_FILE]: filledFile('inspect', PYTHON_FILE),
    'README.md': filledFile('inspect', 'README.md', {
      ...{ citation, terms },
      count: documents.length.toLocaleString('en'),
    }),
  });
  return { folder: out, documents: documents.length };
}
