import {
  ByteLevelPreTokenizer,
  type LibraryPreTokenizer,
  type LibraryTokenizer,
  SequencePreTokenizer,
  SplitPreTokenizer,
} from '../library-parts.js';
import type { Section } from './section.js';
import { createWordCut } from './word-starts.js';

/** The second half of encoding, up to the model. */
export interface PreTokenization {
  /** Cuts a section into its pre-tokens. */
  cut(section: Section): readonly string[];
  /** What the model sees of one pre-token: the same text, or its bytes written as letters. */
  modelInput(preToken: string): string[];
}

/**
 * The library's pre-tokenizer in two steps: where a section is cut, and what the model then sees of a pre-token.
 *
 * The cuts are found on the whole section each time, so whatever a pattern looks at, before or after a cut, it finds. The
 * second step, writing bytes as letters, takes most of the library's time, depends on the pre-token alone, and so is done
 * once for each.
 */
export function createPreTokenization(library: LibraryTokenizer): PreTokenization {
  const preTokenizer = library.pre_tokenizer;
  const steps = (
    preTokenizer instanceof SequencePreTokenizer ? preTokenizer.tokenizers : [preTokenizer]
  ).filter((step) => step !== null);
  const last = steps.at(-1);
  if (last instanceof ByteLevelPreTokenizer) {
    return {
      cut: inTurn(steps.slice(0, -1).map(cutByStep)),
      modelInput: (preToken) => last.pre_tokenize_text(preToken, { section_index: 0 }),
    };
  }
  const words = createWordCut(library.model);
  return {
    cut: inTurn([...steps.map(cutByStep), ...(words === null ? [] : [words])]),
    modelInput: (preToken) => [preToken],
  };
}

/** Cuts a text that comes from the section at a place. */
type Cut = (text: string, index: number) => readonly string[];

function inTurn(cuts: readonly Cut[]): PreTokenization['cut'] {
  return ({ text, index }) => {
    let pieces: readonly string[] = [text];
    for (const cut of cuts) {
      const [first] = pieces;
      pieces = pieces.length === 1 && first !== undefined ? cut(first, index) : cutEach(cut, pieces, index);
    }
    return pieces;
  };
}

// Not flatMap: it takes ten times as long, more than everything else here.
function cutEach(cut: Cut, pieces: readonly string[], index: number): string[] {
  const all: string[] = [];
  for (const piece of pieces) {
    for (const part of cut(piece, index)) {
      all.push(part);
    }
  }
  return all;
}

function cutByStep(step: LibraryPreTokenizer): Cut {
  return step instanceof SplitPreTokenizer
    ? (text) => cutSplit(step, text)
    : (text, index) => step.pre_tokenize_text(text, { section_index: index });
}

/** The pieces of a Split. Where its matches cover the whole text they are the pieces, found much faster. */
function cutSplit(step: SplitPreTokenizer, text: string): readonly string[] {
  const { pattern, config } = step;
  if (pattern !== null && config.behavior?.toLowerCase() !== 'removed') {
    const matches: readonly string[] = text.match(pattern) ?? [];
    let covered = 0;
    for (const match of matches) {
      covered += match.length;
    }
    if (covered === text.length) {
      return matches.includes('') ? matches.filter((match) => match !== '') : matches;
    }
  }
  return step.pre_tokenize_text(text, { section_index: 0 });
}
