import { InputError } from '../files/input-error.js';
import { asChatPrompt, type ChatTemplate } from '../prompts/chat-template.js';
import { renderPrompt } from '../prompts/render-prompt.js';
import { findTemplate, type TemplateBook } from '../prompts/templates.js';
import type { Country, Item, Prompt } from '../types.js';
import type { StudySettings } from './study.js';

/** The survey side of a study: whom and what it asks, already chosen from the whole. */
export interface Questionnaire {
  /** Items of the study, in the order of the survey; those that cannot be asked are left out of the prompts. */
  readonly items: readonly Item[];
  readonly countries: readonly Country[];
  readonly templates: TemplateBook;
}

/**
 * Every prompt that a study puts to one model, in a fixed order: format, template, item, option order, country.
 *
 * @param chatTemplate the model's own; needed only where the study asks in the chat format
 * @throws InputError for a chat study on a model without a chat template, or an unknown template
 */
export function studyPrompts(
  settings: StudySettings,
  questionnaire: Questionnaire,
  model: { readonly name: string; readonly chatTemplate: ChatTemplate | null },
): Prompt[] {
  const items = questionnaire.items.filter((item) => item.canAsk);
  const plain: Prompt[] = settings.templates.flatMap((id) => {
    const template = findTemplate(questionnaire.templates, id);
    const countries = template.country === 'none' ? [null] : questionnaire.countries;
    return items.flatMap((item) =>
      settings.orders.flatMap((order) =>
        countries.map((country) => renderPrompt({ item, template, country, order })),
      ),
    );
  });
  return settings.formats.flatMap((format) => {
    if (format === 'plain') {
      return plain;
    }
    const { chatTemplate } = model;
    if (chatTemplate === null) {
      throw new InputError(
        `Preparing the chat prompts of ${model.name}: it has no chat template (no chat_template.jinja, none in ` +
          'tokenizer_config.json). Ask it with the plain format: --format plain, or "formats": ["plain"] in the study.',
      );
    }
    return plain.map((prompt) => asChatPrompt(prompt, chatTemplate, settings.chat));
  });
}
