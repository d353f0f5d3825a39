import type { Reading } from '../types.js';

/** How much a model favours the option that is listed first, whichever that is. */
export interface FirstOptionBias {
  /** Mean p̂ of the option shown first minus that of the option shown last: 0 without a bias, at most 1. Null without readings. */
  readonly excess: number | null;
  /** Mean p̂ of the option shown first. */
  readonly first: number | null;
  /** Mean p̂ of the option shown last. */
  readonly last: number | null;
  readonly readings: number;
}

/**
 * The bias for the first place over readings in which every item was shown in both orders: the option that is first in one
 * is last in the other, so that a taste for an answer cancels exactly and only the taste for a place remains.
 *
 * @param readings scored and unscored; of an item and country only those whose both orders are scored are counted
 */
export function firstOptionBias(readings: readonly Reading[]): FirstOptionBias {
  const scored = readings.filter(({ status }) => status === 'scored');
  const keyOf = ({ variable, country, template, format, readingKind }: Reading): string =>
    [variable, country ?? '', template, format, readingKind].join('|');
  const reversed = new Set(scored.filter(({ order }) => order === 'reversed').map(keyOf));
  const given = new Set(scored.filter(({ order }) => order === 'given').map(keyOf));
  const both = scored.filter((reading) => reversed.has(keyOf(reading)) && given.has(keyOf(reading)));
  if (both.length === 0) {
    return { excess: null, first: null, last: null, readings: 0 };
  }
  let first = 0;
  let last = 0;
  for (const { optionProbabilities } of both) {
    first += (optionProbabilities[0] ?? 0) / both.length;
    last += (optionProbabilities.at(-1) ?? 0) / both.length;
  }
  return { excess: first - last, first, last, readings: both.length };
}
