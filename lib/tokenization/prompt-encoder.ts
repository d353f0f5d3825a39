import { isDeepStrictEqual } from 'node:util';
import type { Prompt } from '../types.js';
import { type AnswerEncodingResult, encodeAnswers } from './encode-answers.js';
import { type EncodingResult, encodePrompt } from './encode-prompt.js';
import type { Tokenizer } from './tokenizer.js';

/** Encodes the prompts of a run: with their option letters, unless another result is named. */
export interface PromptEncoder<Result = EncodingResult> {
  /** What the plain definition ({@link encodePrompt}, {@link encodeAnswers}) gives. */
  encode(prompt: Prompt): Result;
  /** Null while pre-tokens are remembered; else the difference that ended it: every text is encoded whole from there on. */
  whyWhole(): string | null;
}

/** Encodes prompts as {@link encodePrompt} does, remembering the ids of pre-tokens. */
export function createPromptEncoder(tokenizer: Tokenizer): PromptEncoder {
  return rememberingEncoder(tokenizer, encodePrompt);
}

/** Encodes prompts and answer texts as {@link encodeAnswers} does, remembering the ids of pre-tokens. */
export function createAnswerEncoder(tokenizer: Tokenizer): PromptEncoder<AnswerEncodingResult> {
  return rememberingEncoder(tokenizer, encodeAnswers);
}

/**
 * An encoder that remembers the ids of pre-tokens.
 *
 * The first prompt of every item and of every country, by template and format, is encoded both ways and compared. They
 * cannot differ as far as the tokenizer library's parts are what they are taken for; should they, remembering ends for
 * good and {@link PromptEncoder.whyWhole} names the prompt. Prompts encoded before may then be wrong: encode them again.
 */
function rememberingEncoder<Result>(
  tokenizer: Tokenizer,
  encodeBy: (tokenizer: Pick<Tokenizer, 'encode'>, prompt: Prompt) => Result,
): PromptEncoder<Result> {
  const remembering = tokenizer.remembering();
  const compared = new Set<string>();
  let whyWhole: string | null = null;

  const isFirst = ({ variable, country, template, format }: Prompt): boolean => {
    const before = compared.size;
    compared.add(`item ${variable} ${template} ${format}`).add(`country ${country} ${template} ${format}`);
    return compared.size > before;
  };

  return {
    encode: (prompt) => {
      if (whyWhole !== null) {
        return encodeBy(tokenizer, prompt);
      }
      const encoding = encodeBy(remembering, prompt);
      if (!isFirst(prompt)) {
        return encoding;
      }
      const plain = encodeBy(tokenizer, prompt);
      if (!isDeepStrictEqual(plain, encoding)) {
        whyWhole =
          `the prompt about ${prompt.variable} in ${prompt.country ?? 'no country'} (template ${prompt.template}, ` +
          `${prompt.format}, order ${prompt.order}) has other token ids with remembered pre-tokens than encoded whole`;
      }
      return plain;
    },
    whyWhole: () => whyWhole,
  };
}
