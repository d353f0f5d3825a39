import { type AnswerEncodingResult, encodeAnswers } from '../../tokenization/encode-answers.js';
import { type EncodingResult, encodePrompt } from '../../tokenization/encode-prompt.js';
import {
  createAnswerEncoder,
  createPromptEncoder,
  type PromptEncoder,
} from '../../tokenization/prompt-encoder.js';
import type { Tokenizer } from '../../tokenization/tokenizer.js';
import type { Prompt } from '../../types.js';

/** What a run needs of a model's tokenizer. */
export interface ModelTokenizer {
  /** One prompt, encoded by the plain definition. */
  encode(prompt: Prompt): EncodingResult;
  /** The same for the many prompts of a run, faster. */
  promptEncoder(): PromptEncoder;
  /** One prompt with its answer texts, encoded by the plain definition. */
  encodeAnswers(prompt: Prompt): AnswerEncodingResult;
  /** The same for the many prompts of a run, faster. */
  answerEncoder(): PromptEncoder<AnswerEncodingResult>;
  /** Text of one token. */
  tokenText(tokenId: number): string;
  /** Text of token ids that follow each other. */
  decode(tokenIds: readonly number[]): string;
}

/** The tokenizer of a model as a run uses it. */
export function modelTokenizer(tokenizer: Tokenizer): ModelTokenizer {
  return {
    encode: (prompt) => encodePrompt(tokenizer, prompt),
    promptEncoder: () => createPromptEncoder(tokenizer),
    encodeAnswers: (prompt) => encodeAnswers(tokenizer, prompt),
    answerEncoder: () => createAnswerEncoder(tokenizer),
    tokenText: (tokenId) => tokenizer.decode([tokenId]),
    decode: (tokenIds) => tokenizer.decode(tokenIds),
  };
}
