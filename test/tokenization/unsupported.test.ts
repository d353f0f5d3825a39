import { describe, expect, it } from 'vitest';
import { unsupportedConstructs } from '../../lib/tokenization/unsupported.js';

const split = (pattern: object, behavior = 'Isolated') => ({
  pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern, behavior }] },
  model: { vocab: { '&&': 1, '\\G': 2 }, merges: [] },
});

describe('unsupportedConstructs', () => {
  it.each([
    [
      split({ String: ' ' }, 'MergedWithPrevious'),
      'pre_tokenizer.pretokenizers.0.behavior is MergedWithPrevious',
    ],
    [split({ String: ' ' }, 'Contiguous'), 'pre_tokenizer.pretokenizers.0.behavior is Contiguous'],
    [split({ Regex: '\\G\\p{L}' }), 'pre_tokenizer.pretokenizers.0.pattern holds the anchor \\G'],
    [split({ Regex: '(?>ab)c' }), 'pre_tokenizer.pretokenizers.0.pattern holds an atomic group'],
    [split({ Regex: '\\p{N}{1,3}+' }), 'pre_tokenizer.pretokenizers.0.pattern holds a possessive quantifier'],
    [
      split({ Regex: '[[=e=]]' }),
      'pre_tokenizer.pretokenizers.0.pattern holds a POSIX collating or equivalence class',
    ],
  ])('names the place: %j', (definition, message) => {
    expect(unsupportedConstructs(definition)).toEqual([message]);
  });

  it.each([
    [
      "(?i:'s|'t|'re)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s+(?!\\S)|\\s+",
    ],
    ['\\++|\\*+|[*+]|[+*]+'],
  ])('passes ordinary patterns: %s', (Regex) => {
    expect(unsupportedConstructs(split({ Regex }))).toEqual([]);
  });
});
