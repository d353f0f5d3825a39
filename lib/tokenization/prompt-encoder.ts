import { isDeepStrictEqual } from 'node:util';
import type { Prompt } from '../types.js';
import { type EncodingResult, encodePrompt } from './encode-prompt.js';
import type { Tokenizer } from './tokenizer.js';

/** Encodes the prompts of a run. */
export interface PromptEncoder {
  /** What {@link encodePrompt} gives. */
  encode(prompt: Prompt): EncodingResult;
  /** Null while pre-tokens are remembered; else the difference that ended it: every text is encoded whole from there on. */
  whyWhole(): string | null;
}

/**
 * Encodes prompts as {@link encodePrompt} does, remembering the ids of pre-tokens.
 *
 * The first prompt of every item and of every country, by template and format, is encoded both ways and compared. They
 * cannot differ as far as the tokenizer library's parts are what they are taken for; should they, remembering ends for
 * good and {@link PromptEncoder.whyWhole} names the prompt. Prompts encoded before may then be wrong: encode them again.
 */
export function createPromptEncoder(tokenizer: Tokenizer): PromptEncoder {
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
        return encodePrompt(tokenizer, prompt);
      }
      const encoding = encodePrompt(remembering, prompt);
      if (!isFirst(prompt)) {
        return encoding;
      }
      const plain = encodePrompt(tokenizer, prompt);
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
