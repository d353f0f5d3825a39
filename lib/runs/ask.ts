import { renderPrompt } from '../prompts/render-prompt.js';
import { type JoinSettings, scoreCells } from '../scoring/join-orders.js';
import type { CellScore, Country, Item, PromptTemplate, Reading } from '../types.js';
import type { OpenedModel } from './models/model-source.js';
import { readUnit } from './plan/work-units.js';
import { countProgress, type ProgressListener } from './progress.js';

/** What is asked by hand, without a study or a store. */
export interface Question {
  readonly item: Item;
  readonly template: PromptTemplate;
  /** Asked a few at a time; a single null for a template that names no country. */
  readonly countries: readonly (Country | null)[];
  readonly onProgress?: ProgressListener;
}

/** A model's answers about one item: every reading, and for each country both option orders joined. */
export interface Answers {
  readonly readings: readonly Reading[];
  /** In the order of the countries. */
  readonly cells: readonly CellScore[];
}

/** Prompts of one item share most of their tokens, so many cost little more than one; progress should still move. */
const COUNTRIES_TOGETHER = 20;

const BOTH_ORDERS: JoinSettings = { orders: ['given', 'reversed'], join: 'log-probabilities' };

/**
 * Asks an opened model one item about several countries, in both option orders; nothing is stored.
 *
 * This is `probe` in small, for notebooks and tries at a prompt. A prompt that cannot be read is unscored with its reason.
 */
export async function ask(opened: OpenedModel, question: Question): Promise<Answers> {
  const { item, template, countries } = question;
  const progress = countProgress(question.onProgress ?? (() => {}), {
    label: `${opened.model.card.name}: countries`,
    total: countries.length,
    alreadyDone: 0,
  });
  const readings: Reading[] = [];
  for (let start = 0; start < countries.length; start += COUNTRIES_TOGETHER) {
    const some = countries.slice(start, start + COUNTRIES_TOGETHER);
    const unit = some
      .flatMap((country) =>
        BOTH_ORDERS.orders.map((order) => renderPrompt({ item, template, country, order })),
      )
      .map((prompt) => ({ prompt, item, encoding: opened.encode(prompt) }));
    readings.push(...(await readUnit(opened, opened.model.card.name, unit)));
    progress.advance(some.length);
  }
  return { readings, cells: scoreCells(readings, new Map([[item.variable, item]]), BOTH_ORDERS) };
}
