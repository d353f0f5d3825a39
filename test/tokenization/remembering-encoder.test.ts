import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { encodePrompt } from '../../lib/tokenization/encode-prompt.js';
import { loadTokenizer, type Tokenizer } from '../../lib/tokenization/tokenizer.js';
import type { Prompt } from '../../lib/types.js';
import { TOKENIZER_KINDS } from './tokenizer-kinds.js';
import { byteModel, GPT2, joiningModel, NORMALISE_WORDS, tokenizerOf, wordModel } from './tokenizer-parts.js';

const TOKENIZERS: [string, Tokenizer][] = [
  ['the mini models', loadTokenizer(projectPath('data', 'models', 'mini', 'mini-100k'))],
  // The other fixtures of this kind hold the same tokenizer.json.
  ['the fixture models', loadTokenizer(projectPath('test', 'fixtures', 'onnx', 'plain'))],
  ...Object.entries(TOKENIZER_KINDS).map(([name, definition]): [string, Tokenizer] => [
    name,
    tokenizerOf(definition),
  ]),
];

const WORDS = [
  'people|People|PEOPLE|the|The|trust|Netherlands|important|A|B.|eop|x',
  " | | |  |\n|\n| \n|\t|\r\n|\u00a0|\u2028|?|?\n|:|.|,|'s|'|. [|\u2581",
  '7|10|2024|é|e\u0301|Côte|людям|人们|家|الأسرة|परिवार|🙂|👩\u200d🌾|\ud83d',
  '<s>|</s>|<unk>|\u0000section|\ue000',
].flatMap((words) => [...words.split('|'), '<|begin|>', '<|endoftext|>']);
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

const promptOf = (text: string, format: Prompt['format']): Prompt => ({
  ...{ variable: 'Q1', country: null, template: 't', order: 'given', format, text },
  options: [...'ABC'].map((letter, code) => ({ letter, code, label: letter })),
});

describe.each(TOKENIZERS)('remembering, %s', (_, tokenizer) => {
  it('gives the ids of the whole text, whatever the text and whatever was encoded before', () => {
    const remembering = tokenizer.remembering();
    fc.assert(
      fc.property(text, fc.boolean(), (given, specialTokens) => {
        expect(remembering.encode(given, { specialTokens })).toEqual(
          tokenizer.encode(given, { specialTokens }),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('gives prompts the same options, or the same reason why there are none', () => {
    const remembering = tokenizer.remembering();
    fc.assert(
      fc.property(text, fc.constantFrom('plain', 'chat'), (given, format) => {
        const prompt = promptOf(given, format);
        expect(encodePrompt(remembering, prompt)).toEqual(encodePrompt(tokenizer, prompt));
      }),
      { numRuns: 100 },
    );
  });
});

describe('remembering', () => {
  const plain = { specialTokens: false };

  it('asks the model once for each pre-token', () => {
    const remembering = tokenizerOf({ pre_tokenizer: GPT2, model: byteModel() }).remembering();
    remembering.encode('the people and the people: the', plain);
    // "the", " people", " and", " the", ":"
    expect(remembering.remembered()).toBe(5);
    remembering.encode(' and the people', plain);
    expect(remembering.remembered()).toBe(5);
  });

  it('cuts a text without pre-tokens into words where no merge joins two', () => {
    const remembering = tokenizerOf({ normalizer: NORMALISE_WORDS, model: wordModel() }).remembering();
    remembering.encode('the people and the people', plain);
    expect(remembering.remembered()).toBe(3);
  });

  it('keeps such a text whole where a merge joins two, or the model looks whole texts up', () => {
    for (const model of [joiningModel(), wordModel({ ignore_merges: true })]) {
      const remembering = tokenizerOf({ normalizer: NORMALISE_WORDS, model }).remembering();
      remembering.encode('the people and the people', plain);
      expect(remembering.remembered()).toBe(1);
    }
  });

  it('does not fill the memory', () => {
    const remembering = tokenizerOf({ pre_tokenizer: GPT2, model: byteModel() }).remembering();
    const numbers = Array.from({ length: 60_000 }, (_, number) => ` ${number}`);
    const first = remembering.encode(numbers.join(''), plain);
    expect(remembering.remembered()).toBeLessThanOrEqual(50_000);
    expect(remembering.encode(numbers.join(''), plain)).toEqual(first);
    remembering.encode(` ${'long'.repeat(20)}`, plain);
    const before = remembering.remembered();
    remembering.encode(` ${'longer'.repeat(20)}`, plain);
    expect(remembering.remembered()).toBe(before);
  });

  it.each([
    ['a letter of two tokens', wordModel({ count: 0 }), 'option letter " A": it takes 2 tokens'],
    [
      'a letter that merges with the prompt',
      joiningModel(),
      'option letter " A": tokenization merges across the border between prompt and answer',
    ],
  ])('finds %s', (_, model, reason) => {
    const remembering = tokenizerOf({ normalizer: NORMALISE_WORDS, model }).remembering();
    const prompt = promptOf("The most common answer of people in Côte d'Ivoire:", 'plain');
    expect(encodePrompt(remembering, prompt)).toMatchObject({ kind: 'unreadable', reason });
  });
});
