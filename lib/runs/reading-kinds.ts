import type { ReadingKind } from '../types.js';

/** Every kind of reading, in the order in which a run takes them: letters cost least and come first. */
const IN_ORDER: readonly ReadingKind[] = ['letter', 'answer-text'];

/** The kinds of reading that a run takes, in a fixed order, however a study lists them. */
export function inReadingOrder(kinds: readonly ReadingKind[]): ReadingKind[] {
  return IN_ORDER.filter((kind) => kinds.includes(kind));
}
