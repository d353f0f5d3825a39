import type { HumanAnswer } from '../types.js';
import type { HumanAnswers } from './human-answers.js';

/**
 * Which cells of people's answers count.
 *
 * `without suspect`: not those that look wrong in the survey itself. `without thin`: not those of sources that could not
 * be checked or that count only people who answered a whole battery, nor items answered in few countries.
 */
export type CellChoice = 'all' | 'without suspect' | 'without thin';

export const CELL_CHOICES: readonly CellChoice[] = ['all', 'without suspect', 'without thin'];

/** Items answered in fewer countries of the survey than this are thin: their item means say little. */
export const FEWEST_COUNTRIES_OF_ITEM = 30;

const THIN_SOURCES: readonly string[] = ['mena_unchecked', 'webapp_complete_case'];

/** Human answers of which only the chosen cells are there. */
export function chooseCells(human: HumanAnswers, choice: CellChoice): HumanAnswers {
  if (choice === 'all') {
    return human;
  }
  const drops = choice === 'without suspect' ? isSuspect : thinnessOf(human);
  const isDropped = (cell: HumanAnswer | null): boolean => cell !== null && drops(cell);
  const answer = (country: string, variable: string): HumanAnswer | null => {
    const cell = human.answer(country, variable);
    return isDropped(cell) ? null : cell;
  };
  return {
    weights: human.weights,
    cells: human.cells.filter((cell) => !drops(cell)),
    read: human.read,
    answer,
    meanScore: (country, variable) => answer(country, variable)?.meanScore ?? null,
  };
}

function isSuspect({ suspect }: HumanAnswer): boolean {
  return suspect !== null;
}

function thinnessOf({ cells }: HumanAnswers): (cell: HumanAnswer) => boolean {
  const countries = new Map<string, number>();
  for (const { variable, meanScore } of cells) {
    countries.set(variable, (countries.get(variable) ?? 0) + (meanScore === null ? 0 : 1));
  }
  return ({ variable, source }) =>
    THIN_SOURCES.includes(source) || (countries.get(variable) ?? 0) < FEWEST_COUNTRIES_OF_ITEM;
}
