import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ByteLevelPreTokenizer } from '../../lib/tokenization/library-parts.js';
import { loadTokenizer, type Tokenizer } from '../../lib/tokenization/tokenizer.js';

/** A tokenizer.json, and what stands in tokenizer_config.json beside it. */
export interface TokenizerDefinition {
  readonly added_tokens?: readonly object[];
  readonly normalizer?: object | null;
  readonly pre_tokenizer?: object | null;
  readonly post_processor?: object | null;
  readonly model: object;
  readonly config?: object;
}

const CORPUS = [
  'Q: How far do you trust made-up people?\nA. Completely\nB. Somewhat\nC. Not much\nD. Not at all\nPeople in the Netherlands:',
  'Question: In your own life, how much does your family matter to you?\nA. Very important\nB. Rather important',
  "The most common answer of people in Côte d'Ivoire: A\nIt isn't 10 of 100, they're 25. We'll see what that's worth.",
  'Люди в России часто доверяют семье. 人们非常重视家庭。 الأسرة مهمة جدا. जीवन में परिवार',
  '<s> users and assistants </s>  two  spaces   three',
];

export const GPT2 = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
export const LLAMA3_PATTERN =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const BYTES_ONLY = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };

/** A Sequence that splits by a pattern and then writes bytes, as tokenizers of the Llama-3 and Qwen families do. */
export const splitThenBytes = (pattern: object, settings: object = {}): object => ({
  type: 'Sequence',
  pretokenizers: [{ type: 'Split', pattern, behavior: 'Isolated', invert: false, ...settings }, BYTES_ONLY],
});

/** Byte-pair merges learnt greedily from words: the most frequent pair first, the first one met on a tie. */
function learnMerges(words: readonly string[], count: number): [string, string][] {
  const symbols = words.map((word) => [...word]);
  const merges: [string, string][] = [];
  while (merges.length < count) {
    const pairs = new Map<string, number>();
    for (const word of symbols) {
      for (let place = 0; place + 1 < word.length; place += 1) {
        const pair = `${word[place]} ${word[place + 1]}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      }
    }
    const [best] = [...pairs].sort((a, b) => b[1] - a[1]);
    const [left, right] = best?.[0].split(' ') ?? [];
    if (left === undefined || right === undefined) {
      break;
    }
    merges.push([left, right]);
    for (const word of symbols) {
      for (let place = 0; place + 1 < word.length; place += 1) {
        if (word[place] === left && word[place + 1] === right) {
          word.splice(place, 2, left + right);
        }
      }
    }
  }
  return merges;
}

function bytePair(
  words: readonly string[],
  {
    letters,
    count = 200,
    ...settings
  }: { letters: readonly string[]; count?: number; [key: string]: unknown },
): object {
  const merges = learnMerges(words, count);
  const tokens = ['<unk>', '<s>', '</s>', ...letters, ...merges.map(([left, right]) => left + right)];
  const vocab = Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id]));
  return {
    type: 'BPE',
    vocab,
    merges,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
    ...settings,
  };
}

const byteLevel = new ByteLevelPreTokenizer({ use_regex: true, add_prefix_space: false });
const byteLetters = Object.values(
  (byteLevel as unknown as { byte_encoder: Record<string, string> }).byte_encoder,
);

/** A byte-level model: its letters are the 256 bytes. */
export const byteModel = (settings: object = {}): object =>
  bytePair(
    CORPUS.flatMap((text) => byteLevel.pre_tokenize_text(text, { section_index: 0 })),
    { letters: byteLetters, ...settings },
  );

const latin = [...new Set(CORPUS.slice(0, 3).join(''))].filter((letter) => letter !== ' ');
const byteTokens = Array.from(
  { length: 256 },
  (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
);

/** A SentencePiece model: letters, a sign for the space that begins a word; bytes for the rest, or nothing. */
export const wordModel = (settings: { bytes?: boolean; [key: string]: unknown } = {}): object => {
  const { bytes = true, ...others } = settings;
  return bytePair(
    CORPUS.flatMap((text) => text.replaceAll(' ', '\u2581').match(/\u2581*[^\u2581]+/g) ?? []),
    {
      letters: [...latin, '\u2581', ...(bytes ? byteTokens : [])],
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: bytes,
      ...others,
    },
  );
};

/** The same, with merges learnt on whole texts, so that some join the end of one word with the next. */
export const joiningModel = (): object =>
  bytePair(
    CORPUS.map((text) => text.replaceAll(' ', '\u2581')),
    { letters: [...latin, '\u2581', ...byteTokens], unk_token: '<unk>', byte_fallback: true, count: 300 },
  );

/** A Unigram model over letters, a few words and the sign of a word's beginning. */
export const unigramModel = (): object => ({
  type: 'Unigram',
  unk_id: 0,
  vocab: [
    ['<unk>', 0],
    ...['\u2581', ...latin].map((letter, index) => [letter, -6 - index / 100]),
    ...['\u2581people', '\u2581A', '\u2581B', 'trust', '\u2581in', 'the', '\u2581the'].map((word) => [
      word,
      -3.5,
    ]),
  ],
});

export const NORMALISE_WORDS = {
  type: 'Sequence',
  normalizers: [
    { type: 'Prepend', prepend: '\u2581' },
    { type: 'Replace', pattern: { String: ' ' }, content: '\u2581' },
  ],
};

/** Frames a text with `<s>`. */
export const BEGIN = {
  type: 'TemplateProcessing',
  single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
  pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 0 } }],
  special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
};

/** Frames a text with `<s>` and `</s>`. */
export const BEGIN_AND_END = {
  ...BEGIN,
  single: [...BEGIN.single, { SpecialToken: { id: '</s>', type_id: 0 } }],
};

/** An added token as tokenizer.json writes it. */
export const addedToken = (id: number, content: string, settings: object = {}): object => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
  ...settings,
});

export const SPECIAL = [addedToken(1, '<s>'), addedToken(2, '</s>')];

/** Loads a definition as a model folder holds it. */
export function tokenizerOf({ config = {}, ...definition }: TokenizerDefinition): Tokenizer {
  const folder = mkdtempSync(join(tmpdir(), 'tokenizer-'));
  const whole = {
    added_tokens: SPECIAL,
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    ...definition,
  };
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(whole));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify(config));
  return loadTokenizer(folder);
}
