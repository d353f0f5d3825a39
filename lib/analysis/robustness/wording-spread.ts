import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import { mean, standardDeviation } from '../../statistics/spread.js';

/** How much mean scores move with the wording of the prompt, beside how much they move with the country. */
export interface WordingSpread {
  readonly wordings: number;
  /** Standard deviation (n - 1) over wordings, averaged over cells; in units of the score. Null where undefined. */
  readonly overWordings: number | null;
  /** Standard deviation (n - 1) over countries, averaged over items and wordings, on the same cells. */
  readonly overCountries: number | null;
  /** Cells that every wording has. */
  readonly cells: number;
  readonly reason: string | null;
}

/**
 * Compares the mean scores of several wordings on the cells that all of them have. Where they move more with the wording
 * than with the country, a difference between countries says little.
 *
 * @param scores one matrix of countries x items for each wording, all of one shape
 */
export function wordingSpread(scores: readonly MaskedMatrix[]): WordingSpread {
  const [first] = scores;
  if (first === undefined || scores.length < 2) {
    const reason = `asked in ${scores.length} wording; a spread needs at least 2`;
    return { wordings: scores.length, overWordings: null, overCountries: null, cells: 0, reason };
  }
  const cells = [...first.present.keys()].filter((cell) =>
    scores.every(({ present }) => present[cell] === 1),
  );
  const overWordings = cells.flatMap(
    (cell) => standardDeviation(scores.map(({ values }) => values[cell] ?? 0)) ?? [],
  );
  const overCountries = scores.flatMap(({ values }) =>
    byColumn(cells, first.columns).flatMap(
      (column) => standardDeviation(column.map((cell) => values[cell] ?? 0)) ?? [],
    ),
  );
  return {
    wordings: scores.length,
    overWordings: mean(overWordings),
    overCountries: mean(overCountries),
    cells: cells.length,
    reason: cells.length === 0 ? 'no cell has a mean score in every wording' : null,
  };
}

function byColumn(cells: readonly number[], columns: number): number[][] {
  const groups = Array.from({ length: columns }, (): number[] => []);
  for (const cell of cells) {
    groups[cell % columns]?.push(cell);
  }
  return groups;
}
