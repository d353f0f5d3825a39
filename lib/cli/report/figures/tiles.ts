import { countryTilesFigure } from '../../../figures/country-tiles.js';
import { nameOfRow } from '../../../runs/summary/row-name.js';
import { formatNumber } from '../../tables/text-table.js';
import type { ReportFigure } from '../embed-figure.js';
import type { ReportInput } from '../report-input.js';
import { extremes } from './extremes.js';
import { modelRows } from './models.js';

/** From what a Western profile has elsewhere, or less, to all. */
const COLOURS = [-0.5, 1] as const;

/** Deviation r of each model in every country; a country-free wording has none. */
export function tileFigures({ summary, countries }: ReportInput): ReportFigure[] {
  return modelRows(summary).flatMap((row) => {
    const { deviationByCountry, byContinent } = row.agreement;
    const tiles = deviationByCountry.map(({ id, r, n }) => ({
      iso3: id,
      name: countries.find(({ iso3 }) => iso3 === id)?.name ?? id,
      continent: byContinent.find((part) => part.countries.some((one) => one.id === id))?.id ?? '–',
      value: r,
      n,
    }));
    const found = extremes(tiles);
    if (found === null) {
      return [];
    }
    const title = `Deviation r by country: ${nameOfRow(row)}`;
    const { highest, lowest } = found;
    const defined = tiles.flatMap(({ value }) => value ?? []);
    return [
      {
        label: title,
        figure: countryTilesFigure({ title, measure: 'deviation r', tiles, range: COLOURS }),
        reading:
          "Above 0, the answers for a country are off people's average in the direction in which its people are: so in " +
          `${defined.filter((value) => value > 0).length} of ${defined.length} countries. Highest: ${highest.name} ` +
          `(${formatNumber(highest.value, 2)}); lowest: ${lowest.name} (${formatNumber(lowest.value, 2)}). The colours are the same for every model.`,
      },
    ];
  });
}
