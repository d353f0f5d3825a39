import { extname } from 'node:path';
import { readTextFile } from '../../files/read-json.js';
import { loadCountries } from '../../survey/countries.js';
import { MEANS_FILE, OWN_COUNTRIES_FILE, OWN_ITEMS_FILE, SHARES_FILE } from '../../survey/human-side.js';
import { meansCsv, sharesCsv } from '../../survey/import/aggregate-csv.js';
import { countriesCsv, parseOwnCountries } from '../../survey/import/own-countries.js';
import { readTidyTable, type TidyCells } from '../../survey/import/tidy-table.js';
import { loadItems } from '../../survey/items.js';
import { loadOwnItems } from '../../survey/own-items.js';
import type { HumanImporter, ImportedSide, ImportRequest } from './importer.js';

/** Shares of any survey, in a table: `country, variable, option, share[, n]`. */
export const tidyImporter: HumanImporter = { kind: 'tidy', read: async (request) => read(request) };

function read(request: ImportRequest): ImportedSide {
  const { file, items: itemsPath, countries: countriesPath, weighted = false } = request;
  const itemsText = itemsPath === undefined ? null : readTextFile(itemsPath, 'the items of another survey');
  const items = itemsText === null ? loadItems() : loadOwnItems(itemsText, itemsPath ?? '').items;
  const shipped = loadCountries();
  const others =
    countriesPath === undefined
      ? []
      : parseOwnCountries(readTextFile(countriesPath, 'the list of countries'), countriesPath, shipped);
  const countries = [...shipped, ...others];
  const delimiter = ['.tsv', '.tab'].includes(extname(file).toLowerCase()) ? '\t' : ',';
  const table = readTidyTable(
    readTextFile(file, 'the table of shares'),
    { path: file, delimiter },
    {
      ...{ items, countries, weighted },
    },
  );
  const lines = {
    source: 'tidy_table' as const,
    weightSource: () => (weighted ? 'as_given' : ''),
    countries,
  };
  const means = meansCsv(table.means, lines);
  const respondents = respondentsOf(table);
  const title = request.title ?? 'A table of answer shares';
  return {
    record: {
      title,
      rows: table.rows,
      countries: [...new Set(table.shares.map(({ country }) => country))],
      respondents,
      weights: weighted ? 'as given' : null,
      itemMap: null,
      settings: {
        weighted,
        ownItems: itemsText !== null,
        ownCountries: others.length > 0,
        percent: table.isPercent,
      },
      leftOut: [],
      counts: {
        items: new Set(table.shares.map(({ variable }) => variable)).size,
        cells: new Set(table.shares.map(({ country, variable }) => `${country} ${variable}`)).size,
        means: table.means.length,
      },
      citation: request.title ?? 'Not told to the import (--title): cite the survey as its terms ask.',
      terms: 'Not known to culture-lens: those of the survey hold.',
    },
    files: {
      [SHARES_FILE]: sharesCsv(table.shares, lines),
      ...(means === null ? {} : { [MEANS_FILE]: means }),
      ...(itemsText === null ? {} : { [OWN_ITEMS_FILE]: itemsText }),
      ...(others.length === 0 ? {} : { [OWN_COUNTRIES_FILE]: countriesCsv(countries, respondents) }),
    },
    differences: null,
    remarks: remarksOn(table),
  };
}

/** The largest n among a country's cells; null where a table has none at all. */
function respondentsOf({ shares }: TidyCells): Record<string, number> | null {
  const counts: Record<string, number> = {};
  for (const { country, n } of shares) {
    if (n !== null) {
      counts[country] = Math.max(counts[country] ?? 0, n);
    }
  }
  return Object.keys(counts).length === 0 ? null : counts;
}

function remarksOn({ isPercent, filledOptions, largestMiss, shares }: TidyCells): string[] {
  return [
    ...(isPercent ? ['Shares were read as percent.'] : []),
    ...(largestMiss > 1e-6
      ? [`Cells were made to sum to 1; the largest distance was ${largestMiss.toFixed(4)}.`]
      : []),
    ...(filledOptions > 0 ? [`Options without a line, taken to have the share 0: ${filledOptions}.`] : []),
    ...(shares.some(({ n }) => n === null)
      ? ['Cells without n: how high r could be, people having been sampled, is told for the others only.']
      : []),
  ];
}
