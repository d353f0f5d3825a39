import type { LibraryAddedToken } from '../library-parts.js';

/** A text cut at its added tokens: each piece is text, or an added token without the white space that it swallowed. */
export type Piece = { readonly kind: 'text' | 'added'; readonly text: string; readonly start: number };

/** Finds added tokens in a text as Python does. */
export type AddedTokenSearch = (text: string) => Piece[];

// What Rust's regular expressions call a word letter.
const ENDS_WITH_WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200C\u200D]$/u;
const STARTS_WITH_WORD = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200C\u200D]/u;
const SPACE_AT_END = /\p{White_Space}+$/u;
const SPACE_AT_START = /^\p{White_Space}+/u;

/**
 * A search for added tokens: from left to right, of several at one place the longest.
 *
 * A token that must be a word of its own and is not is passed over together with whatever begins inside of it. A token
 * never swallows white space that one before it has taken, but an added token that is white space stays one.
 *
 * @param written how each token is written where it is looked for
 */
export function searchFor(written: ReadonlyMap<string, LibraryAddedToken>): AddedTokenSearch {
  const longestFirst = [...written.keys()].filter((text) => text !== '').sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) {
    return (text) => (text === '' ? [] : [{ kind: 'text', text, start: 0 }]);
  }
  const any = new RegExp(longestFirst.map(patternOf).join('|'), 'g');
  return (text) => {
    const pieces: Piece[] = [];
    let settled = 0;
    for (const { 0: found, index } of text.matchAll(any)) {
      const token = written.get(found);
      const end = index + found.length;
      if (token === undefined || (token.single_word && !isWordOfItsOwn(text, index, end))) {
        continue;
      }
      const before = token.lstrip ? text.slice(0, index).replace(SPACE_AT_END, '').length : index;
      const swallowed = token.rstrip ? (SPACE_AT_START.exec(text.slice(end))?.[0].length ?? 0) : 0;
      const start = Math.max(before, settled);
      if (settled < start) {
        pieces.push({ kind: 'text', text: text.slice(settled, start), start: settled });
      }
      pieces.push({ kind: 'added', text: token.content, start });
      settled = end + swallowed;
    }
    if (settled < text.length) {
      pieces.push({ kind: 'text', text: text.slice(settled), start: settled });
    }
    return pieces;
  };
}

const isWordOfItsOwn = (text: string, start: number, end: number): boolean =>
  !ENDS_WITH_WORD.test(text.slice(0, start)) && !STARTS_WITH_WORD.test(text.slice(end));

const patternOf = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
