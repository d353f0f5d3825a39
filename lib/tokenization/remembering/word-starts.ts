import { BytePairModel, type LibraryModel } from '../library-parts.js';

// SentencePiece writes a space as this letter, so that a word begins with it.
const WORD_START = '\u2581';
const WORDS = /\u2581*[^\u2581]+|\u2581+/g;

/**
 * Cuts a text before each word start, where that provably changes nothing.
 *
 * Byte-pair encoding joins two neighbours only by a merge. When no merge joins something that does not end in a word start
 * with something that begins with one, no token can reach across such a place, and each word is merged as if it stood
 * alone: merges of one word are done in the same order (by rank, then from left to right) with or without its neighbours.
 *
 * @returns null where words may depend on each other: another model, or one that looks a whole text up, or marks its ends
 */
export function createWordCut(model: LibraryModel): ((text: string) => string[]) | null {
  if (
    !(model instanceof BytePairModel) ||
    model.ignore_merges ||
    model.end_of_word_suffix ||
    model.continuing_subword_suffix
  ) {
    return null;
  }
  const joinsWords = model.merges.some(
    ([left, right]) => right.startsWith(WORD_START) && !left.endsWith(WORD_START),
  );
  return joinsWords ? null : (text) => text.match(WORDS) ?? [];
}
