import type { ChatTemplate } from '../../../prompts/chat-template.js';
import type { Prompt } from '../../../types.js';
import { hashPrompts } from '../../identity.js';
import { runSettings } from '../../run-manifest.js';
import type { Study } from '../../study.js';
import type { Questionnaire } from '../../study-prompts.js';
import { TASK_CONTRACT, type TaskMetadata } from './task-metadata.js';

/** What an exported task asks. Sets of items and countries are written out: a set may hold others by the time a log is brought back. */
export function describeTask(
  { id, settings }: Pick<Study, 'id' | 'settings'>,
  asked: {
    readonly prompts: readonly Prompt[];
    readonly questionnaire: Questionnaire;
    readonly chatTemplate: ChatTemplate | null;
  },
): TaskMetadata {
  const { prompts, questionnaire, chatTemplate } = asked;
  const { templates, orders, formats, readingKinds, chat, items } = runSettings(settings, prompts);
  return {
    contract: TASK_CONTRACT,
    study: id,
    settings: {
      ...{ items, templates, orders, formats, readings: readingKinds, chat },
      countries: questionnaire.countries.map(({ iso3 }) => iso3),
    },
    prompts: { count: prompts.length, sha256: hashPrompts(prompts) },
    chatTemplate,
  };
}
