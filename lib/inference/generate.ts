import { InputError } from '../files/input-error.js';
import { logitRow, logSoftmax, topTokens } from './log-softmax.js';
import type { GraphRunner } from './session.js';

/**
 * The greedy answer to a prompt: the most probable token, again and again.
 *
 * Every step runs the whole row anew. That is slow and has no cache to get wrong; answers here are a few tokens long.
 *
 * @returns at most `tokens` token ids, ending before the first end token
 * @throws InputError on NaN logits
 */
export async function generateGreedy(
  runner: GraphRunner,
  given: {
    readonly tokenIds: readonly number[];
    readonly tokens: number;
    readonly endTokens: readonly number[];
  },
): Promise<number[]> {
  const answer: number[] = [];
  while (answer.length < given.tokens) {
    const output = await runner.run([[...given.tokenIds, ...answer]], 1);
    const logProbs = logSoftmax(logitRow(output, 0, 0));
    const best = logProbs === null ? undefined : topTokens(logProbs, 1)[0];
    if (best === undefined) {
      throw new InputError('Generating an answer: the model returned NaN or infinite logits.');
    }
    if (given.endTokens.includes(best.tokenId)) {
      break;
    }
    answer.push(best.tokenId);
  }
  return answer;
}
