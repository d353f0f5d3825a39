import {
  addedToken,
  BEGIN,
  BEGIN_AND_END,
  byteModel,
  GPT2,
  joiningModel,
  LLAMA3_PATTERN,
  NORMALISE_WORDS,
  SPECIAL,
  splitThenBytes,
  type TokenizerDefinition,
  unigramModel,
  wordModel,
} from './tokenizer-parts.js';

const BERT = {
  normalizer: { type: 'Lowercase' },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: { type: 'BertProcessing', cls: ['<s>', 1], sep: ['</s>', 2] },
  model: {
    type: 'WordPiece',
    unk_token: '<unk>',
    continuing_subword_prefix: '##',
    vocab: Object.fromEntries(
      '<unk> <s> </s> people in the a b c : ? ##a ##s ##t 1 ##0'.split(' ').map((token, id) => [token, id]),
    ),
  },
};

/** Tokenizers of every kind that models come with, and of kinds made to trip a shortcut, by what is special about them. */
export const TOKENIZER_KINDS: Record<string, TokenizerDefinition> = {
  'byte-level, GPT-2 pattern': { pre_tokenizer: GPT2, model: byteModel() },
  'byte-level with a space put in front': {
    pre_tokenizer: { ...GPT2, add_prefix_space: true },
    model: byteModel(),
  },
  'Llama-3 pattern, "?\\n" one pre-token, BOS, whole words looked up first': {
    pre_tokenizer: splitThenBytes({ Regex: LLAMA3_PATTERN }),
    post_processor: { type: 'Sequence', processors: [{ type: 'ByteLevel' }, BEGIN] },
    model: byteModel({ ignore_merges: true }),
  },
  'byte-level between BOS and EOS': {
    pre_tokenizer: GPT2,
    post_processor: BEGIN_AND_END,
    model: byteModel(),
  },
  'a frame whose token the vocabulary lacks': {
    normalizer: NORMALISE_WORDS,
    post_processor: { ...BEGIN, single: [{ SpecialToken: { id: '<none>', type_id: 0 } }, ...BEGIN.single] },
    model: wordModel(),
  },
  'Metaspace behind a normaliser that may leave nothing': {
    normalizer: { type: 'Strip', strip_left: true, strip_right: true },
    pre_tokenizer: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always' },
    model: wordModel(),
  },
  'Qwen pattern behind NFC': {
    normalizer: { type: 'NFC' },
    pre_tokenizer: splitThenBytes({ Regex: LLAMA3_PATTERN.replace('{1,3}', '') }),
    model: byteModel(),
  },
  'digits one by one, then byte-level': {
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'Digits', individual_digits: true }, GPT2],
    },
    model: byteModel(),
  },
  'a pattern that looks behind and leaves gaps': {
    pre_tokenizer: splitThenBytes({ Regex: '(?<=o)\\p{L}+|\\b[A-Z]\\b|^Q' }),
    model: byteModel(),
  },
  'a pattern whose matches are removed': {
    pre_tokenizer: splitThenBytes({ Regex: '[a-z :]' }, { behavior: 'Removed' }),
    model: byteModel(),
  },
  'a pattern that names what is kept': {
    pre_tokenizer: splitThenBytes({ Regex: '\\p{L}+|\\s' }, { invert: true }),
    model: byteModel(),
  },
  'bytes before the split': {
    pre_tokenizer: { type: 'Sequence', pretokenizers: [GPT2, { type: 'Punctuation' }] },
    model: byteModel(),
  },
  'words whose end is marked': {
    pre_tokenizer: { type: 'WhitespaceSplit' },
    model: wordModel({ end_of_word_suffix: '</w>' }),
  },
  'SentencePiece without pre-tokenizer, bytes for the unknown': {
    normalizer: NORMALISE_WORDS,
    post_processor: BEGIN,
    model: wordModel(),
  },
  'SentencePiece without bytes: unknown letters fuse': {
    normalizer: NORMALISE_WORDS,
    model: wordModel({ bytes: false }),
  },
  'SentencePiece, whole texts looked up first': {
    normalizer: NORMALISE_WORDS,
    model: wordModel({ ignore_merges: true }),
  },
  'SentencePiece whose words end in a mark': {
    normalizer: NORMALISE_WORDS,
    model: wordModel({ end_of_word_suffix: '</w>' }),
  },
  'SentencePiece whose words are marked inside': {
    normalizer: NORMALISE_WORDS,
    model: wordModel({ continuing_subword_suffix: '@@' }),
  },
  'merges that join words': { normalizer: NORMALISE_WORDS, model: joiningModel() },
  'Metaspace, first section only': {
    pre_tokenizer: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'first', split: false },
    model: wordModel(),
  },
  'Metaspace, every section': {
    pre_tokenizer: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: false },
    model: wordModel(),
  },
  'Unigram over the whole text': {
    pre_tokenizer: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always' },
    model: unigramModel(),
  },
  'Unigram over words: unknown letters fuse across them': {
    pre_tokenizer: { type: 'WhitespaceSplit' },
    model: unigramModel(),
  },
  'WordPiece with BERT’s parts': BERT,
  'added tokens that swallow white space': {
    added_tokens: [addedToken(1, '<s>', { rstrip: true }), addedToken(2, '</s>', { lstrip: true })],
    pre_tokenizer: GPT2,
    model: byteModel(),
  },
  'added tokens inside words, inside each other, and one with the beginning of another': {
    added_tokens: [
      ...SPECIAL,
      addedToken(900, 'eop'),
      addedToken(903, 'peo'),
      addedToken(901, 'people'),
      addedToken(902, '. ['),
    ],
    pre_tokenizer: GPT2,
    model: byteModel(),
  },
  'added tokens looked for after lower-casing': {
    added_tokens: [
      ...SPECIAL,
      addedToken(900, 'PEOPLE', { normalized: true, special: false }),
      addedToken(901, 'the'),
    ],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: GPT2,
    model: byteModel(),
  },
  'added tokens that must be words of their own': {
    added_tokens: [...SPECIAL, addedToken(900, 'people', { single_word: true, special: false })],
    pre_tokenizer: GPT2,
    model: byteModel(),
  },
};
