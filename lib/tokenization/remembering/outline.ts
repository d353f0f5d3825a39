import type { LibraryTokenizer } from '../library-parts.js';
import { type AddedTokens, readAddedTokens } from './added-tokens.js';
import { outlineByLibrary } from './library-outline.js';
import type { Outline, OutlineText, Section } from './section.js';

/** A text without any added token: a letter for private use. */
export const SAMPLE = '\uE000';

/**
 * The first half of encoding: everything but cutting into pre-tokens and the model.
 *
 * A text whose added tokens are simple ones is split here. Whatever else there is to splitting (tokens that swallow the
 * white space around them, that must be words of their own, or are looked for after normalising), the library does.
 */
export function createOutline(library: LibraryTokenizer): OutlineText {
  const byLibrary = outlineByLibrary(library);
  const added = readAddedTokens(library);
  const frames = {
    with: frameOf(byLibrary(SAMPLE, { specialTokens: true })),
    without: frameOf(byLibrary(SAMPLE, { specialTokens: false })),
  };
  return (text, options) => {
    const frame = options.specialTokens ? frames.with : frames.without;
    const parts = frame === null ? null : splitAtAddedTokens(library, added, text);
    return frame === null || parts === null
      ? byLibrary(text, options)
      : [...frame.before, ...parts, ...frame.after];
  };
}

/** Null where splitting takes more than finding simple tokens. */
function splitAtAddedTokens(library: LibraryTokenizer, added: AddedTokens, text: string): Outline | null {
  if (added.intricate.test(text)) {
    return null;
  }
  const outline: (number | Section)[] = [];
  let index = -1;
  for (const part of text.split(added.simple)) {
    if (part === '') {
      continue;
    }
    index += 1;
    const id = added.ids.get(part);
    if (id !== undefined) {
      outline.push(id);
      continue;
    }
    const normalised = library.normalizer === null ? part : library.normalizer.normalize(part);
    if (normalised !== part && added.any.test(normalised)) {
      return null;
    }
    if (normalised !== '') {
      outline.push({ text: normalised, index });
    }
  }
  return outline;
}

/** Ids before and after the one section of a text. */
interface Frame {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function frameOf(outline: Outline | null): Frame | null {
  const ids = outline ?? [];
  const place = ids.findIndex((part) => typeof part !== 'number');
  const before = ids.slice(0, place).filter((part) => typeof part === 'number');
  const after = ids.slice(place + 1).filter((part) => typeof part === 'number');
  return place >= 0 && before.length + 1 + after.length === ids.length ? { before, after } : null;
}
