import { InputError } from '../../../lib/files/input-error.js';
import { asChatPrompt, DEFAULT_CHAT_SETTINGS, loadChatTemplate } from '../../../lib/prompts/chat-template.js';
import { renderPrompt } from '../../../lib/prompts/render-prompt.js';
import { findTemplate, loadTemplates } from '../../../lib/prompts/templates.js';
import { loadCountries } from '../../../lib/survey/countries.js';
import { selectCountries } from '../../../lib/survey/country-selection.js';
import { selectItems } from '../../../lib/survey/item-sets.js';
import { findItem, loadItems } from '../../../lib/survey/items.js';
import { encodePrompt } from '../../../lib/tokenization/encode-prompt.js';
import { loadTokenizer } from '../../../lib/tokenization/tokenizer.js';
import type { EncodedPrompt, Item, OptionOrder, PromptFormat } from '../../../lib/types.js';

/** Which prompts are put to a model. */
export interface PromptChoice {
  readonly items: readonly Item[];
  /** How many of the 55 countries, from the first of the list. */
  readonly countries: number;
  readonly orders: readonly OptionOrder[];
  readonly format: PromptFormat;
}

/** The items that every peer reads: the 24 of `npm run check:real`, or those named. */
export function sampleItems(variables: readonly string[] | null): Item[] {
  const bank = loadItems();
  return variables === null
    ? selectItems(bank, 'sample-24')
    : variables.map((variable) => findItem(bank, variable));
}

/** The items that can be asked: the whole survey. */
export function askableItems(): Item[] {
  return selectItems(loadItems(), 'wvs-209').filter((item) => item.canAsk);
}

/**
 * The prompts of the default template, encoded with the tokenizer of a model folder; item by item, as a run asks them.
 *
 * @throws InputError when a prompt's letters are no single tokens, or the model has no chat template and chat is asked for
 */
export function benchPrompts(modelFolder: string, choice: PromptChoice): EncodedPrompt[] {
  const book = loadTemplates();
  const template = findTemplate(book, book.default);
  const tokenizer = loadTokenizer(modelFolder);
  const chatTemplate = choice.format === 'chat' ? loadChatTemplate(modelFolder) : null;
  if (choice.format === 'chat' && chatTemplate === null) {
    throw new InputError(
      `Making the chat prompts of the benchmark: ${modelFolder} has no chat template. Choose --formats plain.`,
    );
  }
  const countries = selectCountries(loadCountries(), 'default-55').slice(0, choice.countries);
  return choice.items.flatMap((item) =>
    choice.orders.flatMap((order) =>
      countries.map((country) => {
        const plain = renderPrompt({ item, template, country, order });
        const prompt =
          chatTemplate === null ? plain : asChatPrompt(plain, chatTemplate, DEFAULT_CHAT_SETTINGS);
        const encoding = encodePrompt(tokenizer, prompt);
        if (encoding.kind !== 'encoded') {
          throw new InputError(
            `Encoding the prompts of the benchmark: ${item.variable}, ${country.name}: ${encoding.reason}. ` +
              'Expected letters of one token each. Use another model.',
          );
        }
        return encoding.encoded;
      }),
    ),
  );
}

/** Token ids of the prompts of each item and order: the groups whose prompts differ in the country only. */
export function promptGroups(prompts: readonly EncodedPrompt[]): (readonly number[])[][] {
  const groups = new Map<string, (readonly number[])[]>();
  for (const { prompt, tokenIds } of prompts) {
    const key = `${prompt.variable} ${prompt.order}`;
    const group = groups.get(key) ?? [];
    group.push(tokenIds);
    groups.set(key, group);
  }
  return [...groups.values()];
}
