import type { MeanInterval } from '../../analysis/agreement-record.js';

/** An interval that stands in a table, and the figure that it is of. */
export interface NamedInterval {
  readonly figure: string;
  /** Name of its line, where lines may differ. */
  readonly row?: string;
  readonly interval: MeanInterval;
}

/**
 * Notes under a table: in words for its reader, what its intervals allow for and what not, and why some are missing.
 * Figures with the same to say share a sentence; where lines differ, the fewer ones are named.
 */
export function intervalNotes(intervals: readonly NamedInterval[]): string[] {
  const figuresOf = new Map<string, string[]>();
  for (const figure of new Set(intervals.map((one) => one.figure))) {
    const rowsOf = new Map<string, string[]>();
    for (const { row = '', interval } of intervals.filter((one) => one.figure === figure)) {
      const meaning = meaningOf(interval);
      rowsOf.set(meaning, [...(rowsOf.get(meaning) ?? []), row]);
    }
    const byNumber = [...rowsOf].sort(([, rows], [, others]) => others.length - rows.length);
    for (const [place, [meaning, rows]] of byNumber.entries()) {
      const named = place === 0 ? figure : `${figure} of ${rows.join(', ')}`;
      figuresOf.set(meaning, [...(figuresOf.get(meaning) ?? []), named]);
    }
  }
  const notes = [...figuresOf].map(([meaning, figures]) => `Interval of ${figures.join(', ')}: ${meaning}.`);
  return [
    '95 % intervals say how much a number could change if other things like those here had been asked. They do not cover another ' +
      'training of the same recipe, other wordings, or the sampling of people.',
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
    ? `${items}, and other countries, ${zones === null ? 'counted one by one (those of a zone are no more alike)' : 'a cultural zone counting as one'}`
    : `${items}, in these countries (${whyCountriesFixed})`;
}
