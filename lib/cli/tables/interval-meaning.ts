import type { MeanInterval } from '../../analysis/agreement-record.js';

/** An interval that stands in a table, and the figure that it is of. */
export interface NamedInterval {
  readonly figure: string;
  readonly interval: MeanInterval;
}

/**
 * Notes under a table: in words for its reader, what its intervals allow for and what not, and why some are missing.
 * Figures with the same to say share a sentence.
 */
export function intervalNotes(intervals: readonly NamedInterval[]): string[] {
  const figuresOf = new Map<string, Set<string>>();
  for (const { figure, interval } of intervals) {
    const meaning = meaningOf(interval);
    figuresOf.set(meaning, (figuresOf.get(meaning) ?? new Set()).add(figure));
  }
  const notes = [...figuresOf].map(
    ([meaning, figures]) => `Interval of ${[...figures].join(', ')}: ${meaning}.`,
  );
  return [
    '95 % intervals say how much a number could change if other things like those here had been asked. They do not cover another',
    'training of the same recipe, nor other wordings.',
    ...notes,
  ];
}

function meaningOf({ uncertainty, unit, zones, whyCountriesFixed, reason }: MeanInterval): string {
  if (uncertainty === null) {
    return `none (${reason})`;
  }
  const items =
    unit === 'battery' ? 'other items, a battery counting as one' : 'other items of these batteries';
  return uncertainty === 'other-items-and-countries'
    ? `${items}, and other countries, ${zones === null ? 'counted one by one' : 'a cultural zone counting as one where its countries are alike'}`
    : `${items}, in these countries (${whyCountriesFixed})`;
}
