import { InputError } from '../../files/input-error.js';
import { type CsvRow, parseCsv } from '../../files/read-csv.js';
import type { Country, Item } from '../../types.js';
import { fieldError, optionalNumberField } from '../csv-fields.js';
import type { MeanLine, ShareLine } from './aggregate-cells.js';
import { linesOf, sumOfOptions, sumOfShares, type TidyCell } from './tidy-cell.js';

/** A table of answer shares, checked and summed to 1. */
export interface TidyCells {
  readonly shares: readonly ShareLine[];
  readonly means: readonly MeanLine[];
  readonly rows: number;
  readonly isPercent: boolean;
  /** Options that the table does not name, taken as given by nobody. */
  readonly filledOptions: number;
  /** The largest distance of a cell's sum from 1 before it was made to sum to 1. */
  readonly largestMiss: number;
}

/** Tables are printed with rounded shares: whole percents of eleven options may miss 100 by a few. */
export const SUM_TOLERANCE = 0.02;

const COLUMNS = ['country', 'variable', 'option', 'share'] as const;
type Column = (typeof COLUMNS)[number] | 'n';

/**
 * Reads a table `country, variable, option, share[, n]`: one line for each answer of a country to an item.
 *
 * Shares, or percents of all cells, must sum to 1 within {@link SUM_TOLERANCE}, and are then made to sum to 1. An option
 * without a line has the share 0. `n` is the number of people behind the cell. Special codes of an item have shares and no
 * part in the mean.
 *
 * @param options.weighted whether the shares are weighted ones: the two kinds of the result are then the same
 * @throws InputError naming line and column, or the cell
 */
export function readTidyTable(
  text: string,
  source: { readonly path: string; readonly delimiter: string },
  options: {
    readonly items: readonly Item[];
    readonly countries: readonly Country[];
    readonly weighted: boolean;
  },
): TidyCells {
  const file = { ...source, what: 'the table of shares' };
  const rows = parseCsv(text, COLUMNS, file) as readonly CsvRow<Column>[];
  const cells = new Map<string, TidyCell>();
  for (const row of rows) {
    addRow(cells, row, file, options);
  }
  const all = inOrder([...cells.values()], options);
  const isPercent = all.filter((cell) => sumOfShares(cell) > 50).length * 2 > all.length;
  const scale = isPercent ? 100 : 1;
  const misses = all.map((cell) => {
    const miss = Math.abs(sumOfShares(cell) / scale - 1);
    if (!(miss <= SUM_TOLERANCE)) {
      throw new InputError(
        `Reading ${file.what}: ${file.path} line ${cell.line}, cell ${cell.country} ${cell.item.variable}: the shares sum to ` +
          `${sumOfShares(cell).toFixed(4)}. Expected ${scale} within ${SUM_TOLERANCE * scale}${isPercent ? ', since most cells are in percent' : ''}. ` +
          'Correct the cell; leave out missing answers and make the rest sum to 1.',
      );
    }
    if (sumOfOptions(cell) === 0) {
      throw new InputError(
        `Reading ${file.what}: ${file.path} line ${cell.line}, cell ${cell.country} ${cell.item.variable}: every answer has a special ` +
          `code (${cell.item.droppedCodes.join(', ')}). Expected a share above 0 for one of the options. Leave the cell out.`,
      );
    }
    return miss;
  });
  const made = all.map((cell) => linesOf(cell, options.weighted));
  return {
    shares: made.flatMap(({ shares }) => shares),
    means: made.flatMap(({ mean }) => mean ?? []),
    rows: rows.length,
    isPercent,
    filledOptions: made.reduce((total, { filled }) => total + filled, 0),
    largestMiss: Math.max(0, ...misses),
  };
}

function addRow(
  cells: Map<string, TidyCell>,
  row: CsvRow<Column>,
  file: { readonly path: string; readonly what: string },
  { items, countries }: { readonly items: readonly Item[]; readonly countries: readonly Country[] },
): void {
  const { country, variable, option } = row.values;
  if (!countries.some(({ iso3 }) => iso3 === country)) {
    throw fieldError(file, row, 'country', 'an ISO3 code of the country list (add others with --countries)');
  }
  const item = items.find((one) => one.variable === variable);
  if (item === undefined) {
    throw fieldError(
      file,
      row,
      'variable',
      'a variable of the items (name those of another survey with --items)',
    );
  }
  const codes = [...item.options.map(({ code }) => code), ...item.droppedCodes];
  const code = /^-?\d+$/.test(option) ? Number(option) : Number.NaN;
  if (!codes.includes(code)) {
    throw fieldError(file, row, 'option', `an option of ${variable}: ${codes.join(', ') || 'it has none'}`);
  }
  const share = optionalNumberField(file, row, 'share', { lowest: 0, highest: 100 });
  if (share === null) {
    throw fieldError(file, row, 'share', 'a number');
  }
  const people = row.values.n ?? '';
  if (!/^\d{0,9}$/.test(people) || Number(people) + (people === '' ? 1 : 0) === 0) {
    throw fieldError(file, row, 'n', 'a whole number above 0, or nothing');
  }
  const n = people === '' ? null : Number(people);
  const key = `${country} ${variable}`;
  const cell = cells.get(key) ?? { country, item, line: row.line, n, shares: new Map<number, number>() };
  if (cell.n !== n) {
    throw fieldError(file, row, 'n', `${cell.n ?? 'nothing'}, as in line ${cell.line} of the same cell`);
  }
  if (cell.shares.has(code)) {
    throw fieldError(file, row, 'option', 'each option of a cell once');
  }
  cell.shares.set(code, share);
  cells.set(key, cell);
}

function inOrder(
  cells: readonly TidyCell[],
  { items, countries }: { readonly items: readonly Item[]; readonly countries: readonly Country[] },
): TidyCell[] {
  const countryPlace = new Map(countries.map(({ iso3 }, place) => [iso3, place]));
  const itemPlace = new Map(items.map(({ variable }, place) => [variable, place]));
  const place = ({ country, item }: TidyCell): number =>
    (countryPlace.get(country) ?? 0) * items.length + (itemPlace.get(item.variable) ?? 0);
  return cells.toSorted((a, b) => place(a) - place(b));
}
