import { spellOutCases } from './case-folding.js';
import { WHITE_SPACE } from './patterns.js';
import type { Part } from './tokenizer-file.js';

/** Steps that do to a text what a normaliser does in Python, in constructs that the tokenizer library does exactly. */
export function restateNormalizer(part: Part): Part {
  switch (part.type) {
    case 'Sequence':
      return { ...part, normalizers: (part.normalizers as readonly Part[]).map(restateNormalizer) };
    case 'Replace':
      return restateReplace(part);
    case 'Prepend':
      // Nothing is put before an empty text.
      return { ...replace('([\\s\\S]+)', ''), content: `${escaped(String(part.prepend))}$1` };
    case 'Strip':
      return {
        type: 'Sequence',
        normalizers: [
          ...(part.strip_left ? [replace(`\\A${WHITE_SPACE}+`, '')] : []),
          ...(part.strip_right ? [replace(`${WHITE_SPACE}+\\z`, '')] : []),
        ],
      };
    case 'Lowercase':
      // JavaScript writes a sigma at the end of a word in another way.
      return { type: 'Sequence', normalizers: [replace('\u03A3', '\u03C3'), part] };
    default:
      return part;
  }
}

function restateReplace(part: Part): Part {
  const pattern = part.pattern as { readonly Regex?: string };
  const content = escaped(String(part.content));
  return {
    ...part,
    content,
    ...(pattern.Regex === undefined ? {} : { pattern: { Regex: spellOutCases(pattern.Regex) } }),
  };
}

const replace = (pattern: string, content: string): Part => ({
  type: 'Replace',
  pattern: { Regex: pattern },
  content: escaped(content),
});

/** In what takes a match's place, JavaScript gives the dollar sign a meaning. */
const escaped = (content: string): string => content.replaceAll('$', '$$$$');
