import type { EncodedPrompt, OptionToken, Prompt } from '../types.js';
import type { Tokenizer } from './tokenizer.js';

/** A prompt in token ids, or the reason why its options cannot be read as single tokens. */
export type EncodingResult =
  | { readonly kind: 'encoded'; readonly encoded: EncodedPrompt }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly tokenIds: readonly number[] };

/**
 * What stands between a prompt and an answer: nothing after white space, nor where a chat template writes answers at once;
 * else one space.
 */
export function answerSeparator({ text, answerFollowsAtOnce }: AnsweredPrompt): '' | ' ' {
  return answerFollowsAtOnce || /\s$/.test(text) ? '' : ' ';
}

/** What of a prompt decides how an answer begins. */
type AnsweredPrompt = Pick<Prompt, 'text' | 'answerFollowsAtOnce'>;

/** Token ids of a prompt. A chat prompt already holds its special tokens, so none are added (no second BOS). */
export function promptTokenIds(
  tokenizer: Pick<Tokenizer, 'encode'>,
  prompt: Pick<Prompt, 'text' | 'format'>,
): number[] {
  return tokenizer.encode(prompt.text, { specialTokens: prompt.format === 'plain' });
}

/**
 * Encodes a prompt and finds the token of each option letter *in its context*.
 *
 * Prompt and letter are encoded together; the prompt's own ids must be a prefix of the result and exactly one id must
 * follow. Whether that is the token "A" or " A" follows from the prompt's last character.
 */
export function encodePrompt(tokenizer: Pick<Tokenizer, 'encode'>, prompt: Prompt): EncodingResult {
  const tokenIds = promptTokenIds(tokenizer, prompt);
  const separator = answerSeparator(prompt);
  const optionTokens: OptionToken[] = [];
  for (const { letter } of prompt.options) {
    const answer = separator + letter;
    const continuation = continuationIds(tokenizer, { prompt, tokenIds, answer });
    const tokenId = continuation?.[0];
    if (continuation === null || tokenId === undefined || continuation.length !== 1) {
      const problem =
        continuation === null
          ? 'tokenization merges across the border between prompt and answer'
          : `it takes ${continuation.length} tokens`;
      return { kind: 'unreadable', reason: `option letter ${JSON.stringify(answer)}: ${problem}`, tokenIds };
    }
    const taken = optionTokens.findIndex((option) => option.tokenId === tokenId);
    if (taken >= 0) {
      const other = optionTokens[taken]?.text ?? '';
      const reason = `option letters ${JSON.stringify(other)} and ${JSON.stringify(answer)} share token ${tokenId}`;
      return { kind: 'unreadable', reason, tokenIds };
    }
    optionTokens.push({ tokenId, text: answer });
  }
  return { kind: 'encoded', encoded: { prompt, tokenIds, optionTokens } };
}

/**
 * Token ids of an answer text after a prompt, encoded together with it.
 *
 * @returns null when the prompt's own ids are not a prefix: the border was merged away
 */
export function answerTextIds(
  tokenizer: Pick<Tokenizer, 'encode'>,
  prompt: Pick<Prompt, 'text' | 'format' | 'answerFollowsAtOnce'>,
  answer: string,
): number[] | null {
  const tokenIds = promptTokenIds(tokenizer, prompt);
  return continuationIds(tokenizer, { prompt, tokenIds, answer: answerSeparator(prompt) + answer });
}

/** The ids that an answer adds to those of its prompt; null where the border between them is merged away. */
export function continuationIds(
  tokenizer: Pick<Tokenizer, 'encode'>,
  given: { prompt: Pick<Prompt, 'text' | 'format'>; tokenIds: readonly number[]; answer: string },
): number[] | null {
  const text = given.prompt.text + given.answer;
  const whole = promptTokenIds(tokenizer, { text, format: given.prompt.format });
  const isPrefix = given.tokenIds.every((id, index) => whole[index] === id);
  return isPrefix ? whole.slice(given.tokenIds.length) : null;
}
