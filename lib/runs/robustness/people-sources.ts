import { itemMeansOfOtherCountries } from '../../analysis/item-means.js';
import type { ItemSource, PeopleSource } from '../../analysis/robustness/specification.js';
import { maskedMatrix } from '../../statistics/masked-matrix.js';
import { CELL_CHOICES, chooseCells } from '../../survey/cell-choice.js';
import type { Category, Item } from '../../types.js';
import type { People } from '../people.js';
import type { CurveGrid } from './answer-sources.js';
import { countryLists } from './country-lists.js';

/**
 * People's mean scores under every choice of survey, weights, cells and countries, the chosen one first. A choice that gives the
 * numbers of another is left out: it would count them twice. So is one that leaves no number.
 *
 * A country that a choice leaves out has no people there. So item means, from which deviation r starts, are those over the
 * countries of the specification: what a study that asks these countries alone would have, as `agreement` takes its reference
 * over the countries that it compares.
 */
export function peopleSources(
  { choices, cells: chosenCells }: Pick<People, 'choices' | 'cells'>,
  { countries, items }: CurveGrid,
): PeopleSource[] {
  const cellChoices = [chosenCells, ...CELL_CHOICES.filter((cells) => cells !== chosenCells)];
  const sources = countryLists(countries).flatMap((list) =>
    choices.flatMap(({ people, human }) =>
      cellChoices.map((cells): PeopleSource => {
        const chosen = chooseCells(human, cells);
        const rows = countries.map(({ iso3 }, c) =>
          items.map(({ variable }) => ({
            human: list.countries[c] === true ? chosen.meanScore(iso3, variable) : null,
          })),
        );
        return {
          choice: { people, weights: human.weights, cells, countries: list.choice },
          scores: maskedMatrix(rows.map((row) => row.map((cell) => cell.human))),
          itemMeans: maskedMatrix(itemMeansOfOtherCountries(rows)),
        };
      }),
    ),
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
