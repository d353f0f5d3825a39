import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import { mean, standardDeviation } from '../../statistics/spread.js';

/** How mean scores move with the wording of the prompt; standard deviations in units of the score, averaged over items. */
export interface WordingSpread {
  readonly wordings: number;
  /** Of an item's mean over countries, from wording to wording: a shift that all countries share. Null where undefined. */
  readonly shift: number | null;
  /** Of what is left of a country's score once its item's mean in that wording is taken away, from wording to wording. */
  readonly ofDifferences: number | null;
  /** Of a country's score, averaged over wordings, from country to country. */
  readonly overCountries: number | null;
  /** Items with at least two countries that every wording has. */
  readonly items: number;
  readonly reason: string | null;
}

/**
 * Two-way analysis of each item's mean scores, countries x wordings, on the countries that all wordings have.
 *
 * A shift that all countries share leaves differences between countries as they are; only `ofDifferences` (the interaction)
 * speaks against them. Where it is as large as `overCountries`, which country scores higher hangs on the wording.
 *
 * @param scores one matrix of countries x items for each wording, all of one shape
 */
export function wordingSpread(scores: readonly MaskedMatrix[]): WordingSpread {
  const [first] = scores;
  const none = { shift: null, ofDifferences: null, overCountries: null, items: 0 };
  if (first === undefined || scores.length < 2) {
    return {
      wordings: scores.length,
      ...none,
      reason: `asked in ${scores.length} wording; a spread needs at least 2`,
    };
  }
  const items = Array.from({ length: first.columns }, (_, column) => itemSpread(scores, column)).filter(
    (item) => item !== null,
  );
  return {
    wordings: scores.length,
    shift: mean(items.map(({ shift }) => shift)),
    ofDifferences: mean(items.map(({ ofDifferences }) => ofDifferences)),
    overCountries: mean(items.map(({ overCountries }) => overCountries)),
    items: items.length,
    reason: items.length === 0 ? 'no item has mean scores of two countries in every wording' : null,
  };
}

interface ItemSpread {
  readonly shift: number;
  readonly ofDifferences: number;
  readonly overCountries: number;
}

function itemSpread(scores: readonly MaskedMatrix[], column: number): ItemSpread | null {
  const { rows = 0, columns = 0 } = scores[0] ?? {};
  const cells = Array.from({ length: rows }, (_, row) => row * columns + column).filter((cell) =>
    scores.every(({ present }) => present[cell] === 1),
  );
  const table = cells.map((cell) => scores.map(({ values }) => values[cell] ?? 0));
  const byWording = scores.map((_, wording) => mean(table.map((row) => row[wording] ?? 0)) ?? 0);
  const byCountry = table.map((row) => mean(row) ?? 0);
  const whole = mean(byCountry);
  const shift = standardDeviation(byWording);
  const overCountries = standardDeviation(byCountry);
  if (whole === null || shift === null || overCountries === null) {
    return null;
  }
  let squares = 0;
  for (const [c, row] of table.entries()) {
    for (const [w, score] of row.entries()) {
      squares += (score - (byCountry[c] ?? 0) - (byWording[w] ?? 0) + whole) ** 2;
    }
  }
  const df = (table.length - 1) * (scores.length - 1);
  return { shift, overCountries, ofDifferences: Math.sqrt(squares / df) };
}
