import type { MeanInterval } from '../analysis/agreement-record.js';

/** In words for a reader of a table, what the interval of a figure over all items allows for and what not. */
export function intervalMeaning(interval: MeanInterval | undefined): string {
  if (interval === undefined || interval.uncertainty === null) {
    return `There is no interval: ${interval?.reason ?? 'nothing was compared'}.`;
  }
  const countries =
    interval.whyCountriesFixed === null
      ? 'and allow for other countries'
      : `and are about these countries (${interval.whyCountriesFixed})`;
  return (
    `Intervals (95 %) leave out whole batteries of items ${countries}. They do not allow for another training of the same ` +
    'recipe, nor for other wordings.'
  );
}
