import type { PromptKey, Reading } from '../../types.js';

/** What makes a reading of a run the reading it is. */
export type ReadingKey = PromptKey & Pick<Reading, 'readingKind'>;

/** The key as one string: equal for two readings exactly when they are readings of the same prompt in the same way. */
export function keyOf(key: ReadingKey): string {
  const { variable, country, template, order, format, readingKind } = key;
  return JSON.stringify([variable, country, template, order, format, readingKind]);
}

/** The key in words, for messages. */
export function describeKey(key: ReadingKey): string {
  return (
    `${key.variable} for ${key.country ?? 'no country'} (template "${key.template}", ${key.order} order, ` +
    `${key.format}, ${key.readingKind})`
  );
}
