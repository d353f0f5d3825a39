import { describe, expect, it } from 'vitest';
import { tokenizerConfig, tokenizerFile } from '../../lib/tokenization/definition/tokenizer-file.js';
import { unsupportedConstructs } from '../../lib/tokenization/definition/unsupported.js';

const unsupported = (file: object, config: object = {}): string[] =>
  unsupportedConstructs(tokenizerFile.parse({ model: {}, ...file }), tokenizerConfig.parse(config));

const split = (pattern: object, behavior = 'Isolated', invert = false) => ({
  pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern, behavior, invert }] },
  model: { vocab: { '&&': 1, '\\G': 2 }, merges: [] },
});
const first = 'pre_tokenizer.pretokenizers.0';

describe('unsupportedConstructs', () => {
  it.each([
    [split({ String: '  ' }, 'MergedWithPrevious'), `${first}.behavior is MergedWithPrevious`],
    [split({ Regex: ' ' }, 'MergedWithNext'), `${first}.behavior is MergedWithNext`],
    [split({ String: ' ' }, 'MergedWithNext', true), `${first}.behavior is MergedWithNext, inverted`],
    [split({ String: ' ' }, 'Contiguous', true), `${first}.behavior is Contiguous, inverted`],
    [split({ Regex: '\\G\\p{L}' }), `${first}.pattern holds the anchor \\G`],
    [split({ Regex: '(?>ab)c' }), `${first}.pattern holds an atomic group`],
    [split({ Regex: '\\p{N}{1,3}+' }), `${first}.pattern holds a possessive quantifier`],
    [split({ Regex: '[[=e=]]' }), `${first}.pattern holds a POSIX collating or equivalence class`],
    [split({ Regex: '(?i:[a-z]+)' }), `${first}.pattern holds a group without regard to case beyond letters`],
    [{ normalizer: { type: 'Precompiled', precompiled_charsmap: '' } }, 'normalizer is a Precompiled'],
    [
      { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'BertNormalizer' }] } },
      'normalizer.normalizers.1 is a BertNormalizer',
    ],
    [
      { pre_tokenizer: { type: 'Punctuation', behavior: 'MergedWithNext' } },
      'pre_tokenizer.behavior is MergedWithNext',
    ],
    [
      {
        pre_tokenizer: {
          type: 'Sequence',
          pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', prepend_scheme: 'first' }],
        },
      },
      'pre_tokenizer.pretokenizers.1.prepend_scheme is first, behind another step',
    ],
    [
      { pre_tokenizer: { type: 'Metaspace', add_prefix_space: false } },
      'pre_tokenizer.add_prefix_space is false, and prepend_scheme is not "never"',
    ],
    [{ model: { type: 'BPE', dropout: 0.1 } }, 'model.dropout is 0.1: ids would be random'],
    [
      { model: { type: 'BPE', continuing_subword_prefix: '##' } },
      'model.continuing_subword_prefix is not empty',
    ],
    [
      {
        model: { vocab: { '<s>': 1 } },
        post_processor: { type: 'TemplateProcessing', special_tokens: { '<s>': { ids: [2] } } },
      },
      'post_processor gives "<s>" other ids than the vocabulary',
    ],
    [
      {
        model: { vocab: { '<s>': 1 } },
        post_processor: {
          type: 'Sequence',
          processors: [{ type: 'BertProcessing', cls: ['<s>', 1], sep: ['</s>', 2] }],
        },
      },
      'post_processor.processors.0 gives "</s>" other ids than the vocabulary',
    ],
  ])('names the place: %j', (definition, message) => {
    expect(unsupported(definition)).toEqual([message]);
  });

  it('names what the configuration asks for', () => {
    expect(unsupported({}, { split_special_tokens: true })).toEqual([
      'tokenizer_config.json has split_special_tokens',
    ]);
  });

  it.each([
    [
      "(?i:'s|'t|'re)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s+(?!\\S)|\\s+",
    ],
    ["'(?i:[sdmt]|ll|ve|re)"],
    ['\\++|\\*+|[*+]|[+*]+'],
  ])('passes ordinary patterns: %s', (Regex) => {
    expect(unsupported(split({ Regex }))).toEqual([]);
  });

  it('passes a single letter that is merged with what stands before or behind it', () => {
    expect(unsupported(split({ String: ' ' }, 'MergedWithPrevious'))).toEqual([]);
  });
});
