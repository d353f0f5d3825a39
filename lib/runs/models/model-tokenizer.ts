import { type EncodingResult, encodePrompt } from '../../tokenization/encode-prompt.js';
import { createPromptEncoder, type PromptEncoder } from '../../tokenization/prompt-encoder.js';
import type { Tokenizer } from '../../tokenization/tokenizer.js';
import type { Prompt } from '../../types.js';

/** What a run needs of a model's tokenizer. */
export interface ModelTokenizer {
  /** One prompt, encoded by the plain definition. */
  encode(prompt: Prompt): EncodingResult;
  /** The same for the many prompts of a run, faster. */
  promptEncoder(): PromptEncoder;
  /** Text of one token. */
  tokenText(tokenId: number): string;
}

/** The tokenizer of a model as a run uses it. */
export function modelTokenizer(tokenizer: Tokenizer): ModelTokenizer {
  return {
    encode: (prompt) => encodePrompt(tokenizer, prompt),
    promptEncoder: () => createPromptEncoder(tokenizer),
    tokenText: (tokenId) => tokenizer.decode([tokenId]),
  };
}
