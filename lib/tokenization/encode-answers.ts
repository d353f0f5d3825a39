import type { EncodedAnswers, Prompt } from '../types.js';
import { answerSeparator, continuationIds, promptTokenIds } from './encode-prompt.js';
import type { Tokenizer } from './tokenizer.js';

/** A prompt and its answer texts in token ids, or the reason why the texts cannot be read after it. */
export type AnswerEncodingResult =
  | { readonly kind: 'encoded'; readonly encoded: EncodedAnswers }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly tokenIds: readonly number[] };

/**
 * Encodes a prompt and the label of each option *in its context*, as `encodePrompt` does with the letters.
 *
 * A text may be the beginning of another ("Agree", "Agree strongly"), but no two may be the same tokens.
 */
export function encodeAnswers(tokenizer: Pick<Tokenizer, 'encode'>, prompt: Prompt): AnswerEncodingResult {
  const tokenIds = promptTokenIds(tokenizer, prompt);
  const separator = answerSeparator(prompt);
  const answerTokenIds: number[][] = [];
  const labelOfIds = new Map<string, string>();
  for (const { label } of prompt.options) {
    const unreadable = (problem: string): AnswerEncodingResult => ({
      kind: 'unreadable',
      reason: `answer text ${JSON.stringify(label)}: ${problem}`,
      tokenIds,
    });
    const ids = continuationIds(tokenizer, { prompt, tokenIds, answer: separator + label });
    if (ids === null) {
      return unreadable('tokenization merges across the border between prompt and answer');
    }
    if (ids.length === 0) {
      return unreadable('it has no token');
    }
    const same = labelOfIds.get(ids.join());
    if (same !== undefined) {
      return unreadable(`it has the tokens of ${JSON.stringify(same)}`);
    }
    labelOfIds.set(ids.join(), label);
    answerTokenIds.push(ids);
  }
  return { kind: 'encoded', encoded: { prompt, tokenIds, answerTokenIds } };
}
