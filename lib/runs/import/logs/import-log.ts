import { InputError } from '../../../files/input-error.js';
import type { ModelCard } from '../../../types.js';
import { hashPrompts } from '../../identity.js';
import type { ModelSource } from '../../models/model-source.js';
import { loadQuestionnaire } from '../../questionnaire.js';
import { withoutTokenizer } from '../../recorded/without-tokenizer.js';
import { makeStudy, type Study, type StudySettings } from '../../study.js';
import { studyPrompts } from '../../study-prompts.js';
import type { ImportableLog } from './importable-log.js';
import { importedModel } from './imported-model.js';

/** What becomes of a log. */
export interface LogImport
  extends Partial<Pick<StudySettings, 'human' | 'weights' | 'suspectCells' | 'join'>> {
  readonly log: ImportableLog;
  /** Name of the model in results. */
  readonly name: string;
  /** Id of the study that the run belongs to; that of the exported task by default. */
  readonly study?: string;
}

/** A log as a study of one model, which runs like any other and asks nobody. */
export interface LogStudy {
  readonly study: Study;
  readonly openSource: () => ModelSource;
  /** Readings that the task asks for, and those of them that the log holds. */
  readonly expected: number;
  readonly found: number;
}

/**
 * Makes a study of a log. Every prompt of the task gets one reading; one that the log lacks is unscored, with that reason.
 *
 * @throws InputError where items, templates or countries are worded otherwise here than when the task was exported, and for a row of
 *   the log that cannot be used
 */
export async function importLog({ log, name, study: id, ...people }: LogImport): Promise<LogStudy> {
  const { task, origin, dtype } = log;
  const { chatTemplate } = task;
  const study = makeStudy({
    id: id ?? task.study,
    title: `${name}, imported from a log of ${origin.tool}`,
    models: [{ name, log: origin }],
    settings: { ...task.settings, ...people },
  });
  const prompts = studyPrompts(study.settings, loadQuestionnaire(study.settings), { name, chatTemplate });
  if (hashPrompts(prompts) !== task.prompts.sha256) {
    throw new InputError(
      `Importing ${origin.file}: the task was exported under other items, templates or countries than those here, so that its ` +
        `${task.prompts.count.toLocaleString('en')} prompts are other questions. Expected the same wording. Import it with the version that exported ` +
        'it, or export the task again and ask again.',
    );
  }
  const answers = await log.answers(prompts);
  const card: ModelCard = {
    ...{ name, engine: 'imported', dtype, provider: 'none', vocabularySize: 0, selfTest: null },
    identity: origin.sha256,
  };
  const source: ModelSource = {
    name,
    runsOn: 'nowhere',
    chatTemplate,
    fileIdentity: async () => origin.sha256,
    open: async () => ({
      model: importedModel(card, answers),
      origin,
      chatTemplate,
      ...withoutTokenizer([]),
    }),
  };
  return {
    study,
    openSource: () => source,
    expected: prompts.length * study.settings.readings.length,
    found: answers.size,
  };
}
