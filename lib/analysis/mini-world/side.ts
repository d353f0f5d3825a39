import { cellAt, type MaskedMatrix, maskedMatrix } from '../../statistics/masked-matrix.js';
import { deviation } from '../deviation.js';
import { itemMeansOfOtherCountries } from '../item-means.js';

/** What others are compared with (people, or a text): mean scores, and what deviations of both are counted from. */
export interface Side {
  readonly scores: MaskedMatrix;
  /**
   * Mean of the other countries on this side for each cell. It is over *all* cells that the side has, whatever part of them a
   * figure is about, so that a country's deviation is the same number in every part.
   */
  readonly itemMeans: MaskedMatrix;
}

/** A side from its mean scores, countries x items. A cell that is alone in its item has no item mean. */
export function sideOf(scores: MaskedMatrix): Side {
  const rows = Array.from({ length: scores.rows }, (_, c) =>
    Array.from({ length: scores.columns }, (_none, i) => ({ human: cellAt(scores, c, i) })),
  );
  return { scores, itemMeans: scores.rows === 0 ? scores : maskedMatrix(itemMeansOfOtherCountries(rows)) };
}

/** Distance of each cell (of the side's own scores, or of those of a model) from the side's item means. */
export function deviationsFrom({ itemMeans }: Side, scores: MaskedMatrix): MaskedMatrix {
  const present = scores.present.map((cell, place) => (cell === 1 && itemMeans.present[place] === 1 ? 1 : 0));
  const values = scores.values.map((value, place) =>
    present[place] === 1 ? (deviation(value, itemMeans.values[place]) ?? 0) : 0,
  );
  return { ...scores, values, present };
}
