import type { Questions } from '../../analysis/training/common-cells.js';
import { InputError } from '../../files/input-error.js';
import { type MaskedMatrix, maskedMatrix } from '../../statistics/masked-matrix.js';
import type { Country, Item } from '../../types.js';
import type { TableSource } from '../store/index.js';

/** The countries and items of the mini world, and where their cells lie in a matrix. */
export interface KnownCells {
  readonly countries: readonly Country[];
  /** Items that carry a mean: the columns of matrices. */
  readonly items: readonly Item[];
  /** All items that can be asked. */
  readonly asked: readonly Item[];
  /** Place of an asked item among them. */
  readonly placeOf: ReadonlyMap<string, number>;
  readonly rowOf: ReadonlyMap<string, number>;
  readonly columnOf: ReadonlyMap<string, number>;
}

export function knownCells({ countries, items }: Pick<Questions, 'countries' | 'items'>): KnownCells {
  const asked = items.filter(({ canAsk }) => canAsk);
  const withMean = asked.filter(({ canMean }) => canMean);
  return {
    countries,
    items: withMean,
    asked,
    placeOf: new Map(asked.map(({ variable }, place) => [variable, place])),
    rowOf: new Map(countries.map(({ iso3 }, row) => [iso3, row])),
    columnOf: new Map(withMean.map(({ variable }, column) => [variable, column])),
  };
}

/** Which cells of countries and asked items a table has told; far quicker than a set of names. */
export interface MetCells {
  /** Marks a cell, and says whether it was marked before. */
  readonly meet: (country: string, variable: string) => boolean;
  readonly has: (country: string, variable: string) => boolean;
  readonly count: () => number;
}

export function metCells({ countries, asked, rowOf, placeOf }: KnownCells): MetCells {
  const met = new Uint8Array(countries.length * asked.length);
  const at = (country: string, variable: string): number =>
    (rowOf.get(country) ?? 0) * asked.length + (placeOf.get(variable) ?? 0);
  let count = 0;
  return {
    meet: (country, variable) => {
      const place = at(country, variable);
      const before = met[place] === 1;
      met[place] = 1;
      count += before ? 0 : 1;
      return before;
    },
    has: (country, variable) => met[at(country, variable)] === 1,
    count: () => count,
  };
}

/** A matrix that is filled cell by cell. */
export interface CellFiller {
  readonly set: (country: string, variable: string, value: number) => void;
  readonly matrix: () => MaskedMatrix;
}

export function cellFiller({ countries, items, rowOf, columnOf }: KnownCells): CellFiller {
  const rows = countries.map(() => items.map((): number | null => null));
  return {
    set: (country, variable, value) => {
      const [row, column] = [rows[rowOf.get(country) ?? -1], columnOf.get(variable)];
      if (row !== undefined && column !== undefined) {
        row[column] = value;
      }
    },
    matrix: () => maskedMatrix(rows),
  };
}

/** A problem with one value of a table. @param row from 0; told from 1 */
export function tableError(
  source: TableSource,
  place: { readonly row: number; readonly column: string },
  found: unknown,
  expected: string,
): InputError {
  return new InputError(
    `Reading ${source.what}: ${source.path} row ${place.row + 1}, column ${place.column}: found ${shown(found)}, ` +
      `expected ${expected}. ${source.remedy}`,
  );
}

/** Checks that a row is about a country and an item of the project. @throws InputError naming row and column */
export function knownCell(
  known: KnownCells,
  source: TableSource,
  row: number,
  cell: { readonly country: unknown; readonly variable: unknown },
): { readonly country: string; readonly variable: string } {
  const { country, variable } = cell;
  if (typeof country !== 'string' || !known.rowOf.has(country)) {
    throw tableError(
      source,
      { row, column: 'country' },
      country,
      'the ISO3 code of a country that is asked about',
    );
  }
  if (typeof variable !== 'string' || !known.placeOf.has(variable)) {
    throw tableError(source, { row, column: 'variable' }, variable, 'the variable of an item that is asked');
  }
  return { country, variable };
}

/** Checks a number. @throws InputError naming row and column */
export function numberBetween(
  source: TableSource,
  place: { readonly row: number; readonly column: string },
  found: unknown,
  [low, high]: readonly [number, number],
): number {
  // Numbers are stored as float32, which rounds.
  const slack = 1e-6;
  if (typeof found !== 'number' || !(found >= low - slack && found <= high + slack)) {
    throw tableError(source, place, found, `a number from ${low} to ${high}`);
  }
  return Math.min(high, Math.max(low, found));
}

function shown(found: unknown): string {
  return typeof found === 'string' ? `"${found}"` : found === null ? 'nothing (NULL)' : String(found);
}
