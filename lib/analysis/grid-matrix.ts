import { type MaskedMatrix, maskedMatrix } from '../statistics/masked-matrix.js';
import type { Country, Item } from '../types.js';
import type { GridCell, ScoreGrid } from './score-grid.js';

/** A part of a grid; all of it by default. */
export interface GridPart {
  /** Whether a country belongs to the part. */
  readonly countries?: (country: Country) => boolean;
  /** Whether an item belongs to the part. */
  readonly items?: (item: Item) => boolean;
}

/** Where a cell lies in the whole grid. */
export interface GridPlace {
  readonly country: number;
  readonly item: number;
}

/** A number for each cell of a part, as a matrix of countries x items; null marks a missing one. */
export function gridMatrix(
  grid: ScoreGrid,
  { countries = () => true, items = () => true }: GridPart,
  numberOf: (cell: GridCell, place: GridPlace) => number | null,
): MaskedMatrix {
  const columns = grid.items.flatMap((item, place) => (items(item) ? [place] : []));
  return maskedMatrix(
    grid.countries.flatMap((country, c) => {
      if (!countries(country)) {
        return [];
      }
      const row = grid.rows[c] ?? [];
      return [columns.map((i) => numberOf(row[i] ?? EMPTY, { country: c, item: i }))];
    }),
  );
}

const EMPTY: GridCell = { human: null, model: null };
