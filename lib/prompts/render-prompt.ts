import { InputError } from '../files/input-error.js';
import type { AnswerOption, Country, Item, OptionOrder, Prompt, PromptTemplate } from '../types.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** What a prompt is made of. `country` is null exactly where the template names none. */
export interface PromptParts {
  readonly item: Item;
  readonly template: PromptTemplate;
  readonly country: Country | null;
  readonly order: OptionOrder;
}

/**
 * Turns an item into a multiple-choice question.
 *
 * Letters run from top to bottom whatever the order, so that `given` and `reversed` put each option behind another
 * letter; answers that people may only volunteer are not offered.
 *
 * @returns the plain prompt; its last character decides whether an answer starts with a space (see `optionTokens`)
 * @throws InputError where the item cannot be asked, has more than 26 options, or country and template do not fit
 */
export function renderPrompt({ item, template, country, order }: PromptParts): Prompt {
  if (!item.canAsk) {
    throw new InputError(
      `Asking ${item.variable}: the item cannot be asked on its own (${item.whyNotAsked}).`,
    );
  }
  if ((country === null) !== (template.country === 'none')) {
    throw new InputError(
      `Asking ${item.variable}: template "${template.id}" ${country === null ? 'needs a country' : 'names no country'}, ` +
        `got ${country === null ? 'none' : country.iso3}.`,
    );
  }
  const options = letterOptions(item, order);
  const lines = options.map((option) => `${option.letter}. ${option.label}`).join('\n');
  const slots: Record<string, string> = {
    question: item.question,
    options: lines,
    country: country?.promptName ?? '',
  };
  return {
    variable: item.variable,
    country: country?.iso3 ?? null,
    template: template.id,
    order,
    format: 'plain',
    // One pass over the template: a brace inside an item's own words is never taken for a slot.
    text: template.text.replace(/\{(question|options|country)\}/g, (_, slot: string) => slots[slot] ?? ''),
    options,
  };
}

function letterOptions(item: Item, order: OptionOrder): Prompt['options'] {
  const offered: AnswerOption[] = item.options.filter((option) => option.offered);
  if (offered.length > LETTERS.length) {
    throw new InputError(
      `Asking ${item.variable}: ${offered.length} options, but there are letters for ${LETTERS.length}. ` +
        'Merge options, or leave the item out.',
    );
  }
  if (order === 'reversed') {
    offered.reverse();
  }
  return offered.map((option, index) => ({
    letter: LETTERS.charAt(index),
    code: option.code,
    label: option.label,
  }));
}
