import { type LibraryTokenizer, PreTokenizer } from '../library-parts.js';
import { createOutline, SAMPLE } from './outline.js';
import { createPreTokenization } from './pre-tokens.js';
import type { EncodeOptions, Section } from './section.js';

/** Encodes texts, each pre-token once. */
export interface RememberingEncoder {
  /** The ids that the tokenizer's own `encode` gives. */
  encode(text: string, options: EncodeOptions): number[];
  /** How many pre-tokens are remembered now: about 900 after the default study, never more than 50,000. */
  remembered(): number;
}

// About 15 MB. Far beyond any survey; texts of another kind start over instead of filling the memory.
const MOST_REMEMBERED = 50_000;
// What is longer is hardly met twice (a whole text, where nothing cuts it).
const LONGEST_REMEMBERED = 64;

/**
 * Encodes as the library does, but asks its model once for each distinct pre-token.
 *
 * Exact because each of the models encodes a list of pre-tokens one by one.
 */
export function createRememberingEncoder(library: LibraryTokenizer): RememberingEncoder {
  const outlineOf = createOutline(library);
  const { cut, modelInput } = createPreTokenization(library);
  const modelIds = idsByModel(library);
  const known = new Map<string, readonly number[]>();
  // Prompts of one chat share all sections but one, and letters after a prompt all but the last.
  const recent: { readonly text: string; readonly ids: readonly number[] }[] = [];

  const idsOf = (preToken: string): readonly number[] => {
    const remembered = known.get(preToken);
    if (remembered !== undefined) {
      return remembered;
    }
    const ids = modelIds(modelInput(preToken));
    if (preToken.length <= LONGEST_REMEMBERED) {
      if (known.size >= MOST_REMEMBERED) {
        known.clear();
      }
      known.set(preToken, ids);
    }
    return ids;
  };

  const sectionIds = (section: Section): readonly number[] => {
    const all: number[] = [];
    for (const preToken of cut(section)) {
      append(all, idsOf(preToken));
    }
    return all;
  };

  return {
    encode: (text, options) => {
      const outline = outlineOf(text, options);
      if (outline === null) {
        return library.encode(text, { add_special_tokens: options.specialTokens }).ids;
      }
      const ids: number[] = [];
      for (const part of outline) {
        if (typeof part === 'number') {
          ids.push(part);
          continue;
        }
        const last = recent[part.index];
        const own = last?.text === part.text ? last.ids : sectionIds(part);
        recent[part.index] = { text: part.text, ids: own };
        append(ids, own);
      }
      return ids;
    },
    remembered: () => known.size,
  };
}

function append(ids: number[], more: readonly number[]): void {
  for (const id of more) {
    ids.push(id);
  }
}

/** Takes the place of the pre-tokenizer: any text is cut into what was given. */
class GivenPreTokens extends PreTokenizer {
  preTokens: readonly string[] = [];
  override pre_tokenize_text(): string[] {
    return [...this.preTokens];
  }
}

/** The ids of pre-tokens, by the library's own model, fusing of unknown tokens and numbering. */
function idsByModel(library: LibraryTokenizer): (preTokens: readonly string[]) => number[] {
  const given = new GivenPreTokens();
  // Everything that is not replaced here is the library's tokenizer itself.
  const numbering = Object.create(library) as LibraryTokenizer;
  numbering.pre_tokenizer = given;
  numbering.normalizer = null;
  return (preTokens) => {
    given.preTokens = preTokens;
    return numbering.encode(SAMPLE, { add_special_tokens: false }).ids;
  };
}
