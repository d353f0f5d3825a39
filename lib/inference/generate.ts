import { InputError } from '../files/input-error.js';
import type { SequenceReader } from './sequence-reader.js';

/**
 * The greedy answer to a prompt: the most probable token, again and again.
 *
 * Every step runs the whole row anew. That is slow and has no cache to get wrong; answers here are a few tokens long.
 *
 * @returns at most `tokens` token ids, ending before the first end token
 * @throws InputError on NaN logits
 */
export async function generateGreedy(
  reader: SequenceReader,
  given: {
    readonly tokenIds: readonly number[];
    readonly tokens: number;
    readonly endTokens: readonly number[];
  },
): Promise<number[]> {
  const answer: number[] = [];
  while (answer.length < given.tokens) {
    const tokenIds = [...given.tokenIds, ...answer];
    const [[reading] = []] = await reader.read([
      { tokenIds, reads: [{ place: tokenIds.length - 1, tokenIds: [] }] },
    ]);
    const best = reading?.topTokens[0];
    if (best === undefined || Number.isNaN(best.logProb)) {
      throw new InputError(`Generating an answer: ${reader.whyNaN}.`);
    }
    if (given.endTokens.includes(best.tokenId)) {
      break;
    }
    answer.push(best.tokenId);
  }
  return answer;
}
