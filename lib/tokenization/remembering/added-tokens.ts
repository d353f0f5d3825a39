import type { LibraryTokenizer } from '../library-parts.js';

/** The added tokens of a tokenizer, as far as they can be found in a text. */
export interface AddedTokens {
  /** Splits a text at the simple ones: those that are found as they are written, and only themselves. Captures them. */
  readonly simple: RegExp;
  /** Ids of the simple ones. */
  readonly ids: ReadonlyMap<string, number>;
  /** Finds the others: those that swallow white space, must be words of their own, or are looked for after normalising. */
  readonly intricate: RegExp;
  /** Finds any of them. */
  readonly any: RegExp;
}

// Anchored, so that it is tried once and not at every place of a text.
const NOTHING = '^(?!)';

/** Reads the added tokens; an intricate one counts both as it is written and normalised. */
export function readAddedTokens(library: LibraryTokenizer): AddedTokens {
  const { normalizer } = library;
  const simple = new Map<string, number>();
  const intricate: string[] = [];
  for (const { content, lstrip, rstrip, single_word, normalized } of library
    .get_added_tokens_decoder()
    .values()) {
    const [id, ...more] = library.encode(content, { add_special_tokens: false }).ids;
    if (lstrip || rstrip || single_word || normalized || id === undefined || more.length > 0) {
      intricate.push(content, normalizer === null ? content : normalizer.normalize(content));
    } else {
      simple.set(content, id);
    }
  }
  const contents = [...simple.keys()];
  return {
    simple: new RegExp(`(${anyOf(contents)})`),
    ids: simple,
    intricate: new RegExp(anyOf(intricate)),
    any: new RegExp(anyOf([...contents, ...intricate])),
  };
}

/** A pattern for any of the texts, the longest where several begin at one place; for none of them, what matches nothing. */
function anyOf(texts: readonly string[]): string {
  const longestFirst = texts.filter((text) => text !== '').sort((a, b) => b.length - a.length);
  return longestFirst.length === 0 ? NOTHING : longestFirst.map(escapeForRegExp).join('|');
}

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
