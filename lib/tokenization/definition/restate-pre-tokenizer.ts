import { spellOutCases } from './case-folding.js';
import { cutAt, GPT2_WORDS, literal, NUMBER, PUNCTUATION, WHITE_SPACE, WORD_LETTERS } from './patterns.js';
import type { Part } from './tokenizer-file.js';

/** Steps that do to a text what a pre-tokenizer does in Python, in constructs that the tokenizer library does exactly. */
export function restatePreTokenizer(part: Part): Part {
  const steps = stepsOf(part);
  const [only] = steps;
  return steps.length === 1 && only !== undefined ? only : { type: 'Sequence', pretokenizers: steps };
}

function stepsOf(part: Part): Part[] {
  switch (part.type) {
    case 'Sequence':
      return (part.pretokenizers as readonly Part[]).flatMap(stepsOf);
    case 'Split':
      return [restateSplit(part)];
    case 'Digits':
      return [cutAt(part.individual_digits ? NUMBER : `${NUMBER}+`)];
    case 'Punctuation':
      return [cutByBehaviour(PUNCTUATION, String(part.behavior ?? 'Isolated'))];
    case 'Whitespace':
      return [cutAt(`[${WORD_LETTERS}]+|[^${WORD_LETTERS}${WHITE_SPACE}]+`, 'matches')];
    case 'WhitespaceSplit':
      return [cutAt(WHITE_SPACE, 'gaps')];
    case 'BertPreTokenizer':
      return [cutAt(WHITE_SPACE, 'gaps'), cutAt(PUNCTUATION)];
    case 'Metaspace':
      return restateMetaspace(part);
    case 'ByteLevel':
      return restateByteLevel(part);
    default:
      return [part];
  }
}

function cutByBehaviour(pattern: string, behaviour: string): Part {
  if (behaviour === 'Removed') {
    return cutAt(pattern, 'gaps');
  }
  return cutAt(behaviour === 'Contiguous' ? `(?:${pattern})+` : pattern);
}

function restateSplit(part: Part): Part {
  const { Regex, String: text } = part.pattern as { readonly Regex?: string; readonly String?: string };
  const pattern = Regex === undefined ? literal(text ?? '') : spellOutCases(Regex);
  switch (part.behavior) {
    case 'Removed':
      return cutAt(pattern, part.invert ? 'matches' : 'gaps');
    case 'Contiguous':
      return cutAt(`(?:${pattern})+`);
    // The two that follow are asked for with a single letter only. Of several in a row all but one stand alone.
    case 'MergedWithPrevious':
      return cutAt(`[^${pattern}]+${pattern}?|${pattern}`);
    case 'MergedWithNext':
      return cutAt(`${pattern}?[^${pattern}]+|${pattern}`);
    default:
      return cutAt(pattern);
  }
}

/** The library never cuts at word starts. */
function restateMetaspace(part: Part): Part[] {
  const replacement = String(part.replacement ?? '\u2581');
  const start = literal(replacement);
  const replaced: Part = {
    type: 'Metaspace',
    replacement,
    prepend_scheme: part.prepend_scheme ?? 'always',
  };
  return part.split === false ? [replaced] : [replaced, cutAt(`${start}[^${start}]*|[^${start}]+`)];
}

/** The library's own cuts take other characters for white space. */
function restateByteLevel(part: Part): Part[] {
  // The whole text at once: V8 finds \A in the middle of letters beyond the basic plane, too.
  const space: Part = { type: 'Replace', pattern: { Regex: ' ([\\s\\S]*)|([\\s\\S]+)' }, content: ' $1$2' };
  return [
    ...(part.add_prefix_space ? [space] : []),
    ...(part.use_regex === false ? [] : [cutAt(GPT2_WORDS)]),
    { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
  ];
}
