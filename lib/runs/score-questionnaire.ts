import { type JoinSettings, scoreCells } from '../scoring/join-orders.js';
import type { CellScore, Reading } from '../types.js';
import type { Questionnaire } from './study-prompts.js';

/**
 * Scores the readings of one model, template, format and kind of reading; an answer to the country-free wording stands for every country.
 *
 * @throws InputError for readings of several models, templates, formats or kinds
 */
export function scoreQuestionnaire(
  readings: readonly Reading[],
  { items, countries }: Pick<Questionnaire, 'items' | 'countries'>,
  { orders, join }: JoinSettings,
): CellScore[] {
  const byVariable = new Map(items.map((item) => [item.variable, item]));
  return scoreCells(readings, byVariable, { orders, join }).flatMap((cell) =>
    cell.country === null ? countries.map(({ iso3 }) => ({ ...cell, country: iso3 })) : [cell],
  );
}
