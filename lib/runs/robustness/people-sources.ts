import { itemMeansOfOtherCountries } from '../../analysis/item-means.js';
import type { ItemSource, PeopleSource } from '../../analysis/robustness/specification.js';
import { maskedMatrix } from '../../statistics/masked-matrix.js';
import { CELL_CHOICES, chooseCells } from '../../survey/cell-choice.js';
import type { Category, Item } from '../../types.js';
import type { People } from '../people.js';
import type { CurveGrid } from './answer-sources.js';

/**
 * People's mean scores under every choice of survey, weights and cells, the chosen one first. A choice that gives the numbers
 * of another is left out: it would count them twice. So is one that leaves no number.
 */
export function peopleSources(
  { choices, cells: chosenCells }: Pick<People, 'choices' | 'cells'>,
  { countries, items }: CurveGrid,
): PeopleSource[] {
  const cellChoices = [chosenCells, ...CELL_CHOICES.filter((cells) => cells !== chosenCells)];
  const sources = choices.flatMap(({ people, human }) =>
    cellChoices.map((cells): PeopleSource => {
      const chosen = chooseCells(human, cells);
      const rows = countries.map(({ iso3 }) =>
        items.map(({ variable }) => ({ human: chosen.meanScore(iso3, variable) })),
      );
      return {
        choice: { people, weights: human.weights, cells },
        scores: maskedMatrix(rows.map((row) => row.map((cell) => cell.human))),
        itemMeans: maskedMatrix(itemMeansOfOtherCountries(rows)),
      };
    }),
  );
  return sources.filter(
    (source, place) =>
      place === 0 ||
      (source.scores.present.includes(1) &&
        !sources.slice(0, place).some((earlier) => isSame(source, earlier))),
  );
}

function isSame({ scores: one }: PeopleSource, { scores: other }: PeopleSource): boolean {
  return (
    Buffer.compare(one.present, other.present) === 0 &&
    one.values.every((value, cell) => value === other.values[cell])
  );
}

/** All items, values only, and without each category in turn; choices that change nothing or leave nothing are left out. */
export function itemSources(items: readonly Item[], categories: readonly Category[]): ItemSource[] {
  const choices: ItemSource[] = [
    { choice: 'values only', items: items.map(({ construct }) => construct === 'value') },
    ...categories.map(
      ({ id }): ItemSource => ({
        choice: `without ${id}`,
        items: items.map(({ category }) => category !== id),
      }),
    ),
  ];
  const changing = choices.filter(({ items: marks }) => marks.includes(true) && marks.includes(false));
  return [{ choice: 'all', items: items.map(() => true) }, ...changing];
}
