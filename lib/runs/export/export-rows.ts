import { scoreQuestionnaire } from '../score-questionnaire.js';
import type { CellRow } from './cell-columns.js';
import type { ExportChoices } from './export-choices.js';
import type { OptionRow } from './option-columns.js';
import type { ModelReadings } from './readings-of-model.js';

/** One row for each item and country of each way of asking, whether it was read or not. */
export function cellRows({ ways, people }: ModelReadings, { join }: Pick<ExportChoices, 'join'>): CellRow[] {
  return ways.flatMap(({ way, items, countries, countryNamed, orders, readings }) => {
    const cells = new Map(
      scoreQuestionnaire(readings, { items, countries }, { orders, join }).map((cell) => [
        `${cell.variable} ${cell.country}`,
        cell,
      ]),
    );
    return items.flatMap((item) =>
      countries.map(
        (country): CellRow => ({
          ...{ way, item, country, countryNamed },
          cell: cells.get(`${item.variable} ${country.iso3}`) ?? null,
          people: people.allCells.answer(country.iso3, item.variable),
          counts: people.human.answer(country.iso3, item.variable) !== null,
        }),
      ),
    );
  });
}

/** One row for each option of each reading, in the order shown; one for a reading without a score. */
export function optionRows({ ways, people }: ModelReadings): OptionRow[] {
  return ways.flatMap(({ way, items, countries, readings }) => {
    const itemOf = new Map(items.map((item) => [item.variable, item]));
    const countryOf = new Map(countries.map((country) => [country.iso3, country]));
    return readings.flatMap((reading) => {
      const item = itemOf.get(reading.variable);
      if (item === undefined) {
        return [];
      }
      const country = reading.country === null ? null : (countryOf.get(reading.country) ?? null);
      const answer = country === null ? null : people.human.answer(country.iso3, item.variable);
      const places = reading.status === 'unscored' ? [null] : [...reading.optionCodes.keys()];
      return places.map((place): OptionRow => ({ way, item, country, reading, place, people: answer }));
    });
  });
}
