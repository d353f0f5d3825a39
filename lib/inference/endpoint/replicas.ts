import { sha256OfText } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { requestJson } from './json-request.js';
import type { KnownServer } from './recognise-server.js';
import { TransientProblem } from './request-problems.js';
import type { Retrier } from './retries.js';
import type { TokenAnswer, TokenQuestion } from './server-kind.js';

/** One or several servers of the same model, asked as one. */
export interface Replicas {
  /** @throws InputError when the attempts are used up */
  ask(question: TokenQuestion): Promise<TokenAnswer>;
  /** Works through questions, so many at a time as all servers together are asked. Results in the order of the questions. */
  askAll<Result>(count: number, askOne: (index: number) => Promise<Result>): Promise<Result[]>;
}

/** What the answers of one server pass, so that none is used that other weights may have given. */
export interface AnswerGate {
  /** A request failed as it does where a server ends or is started again. */
  lost(): void;
  /**
   * To be awaited with every answer before it is used: the first ones after a loss are held back until the server has been found
   * unchanged.
   *
   * @throws TransientProblem when that cannot be told yet; InputError when it has changed
   */
  answered(): Promise<void>;
}

/**
 * Shares questions out by a hash of their tokens, so that a question goes to the same server whenever it is asked; after a
 * failure the next server is tried.
 *
 * @param settings.concurrency questions that each server has before it at a time
 * @param settings.gates one for each server, which its answers pass; none where the servers are only just being tried
 */
export function createReplicas(
  servers: readonly KnownServer[],
  settings: {
    readonly concurrency: number;
    readonly retrier: Retrier;
    readonly gates?: readonly AnswerGate[];
  },
): Replicas {
  const { concurrency, retrier, gates = [] } = settings;
  const ask = (question: TokenQuestion): Promise<TokenAnswer> => {
    const hash = Number.parseInt(sha256OfText(question.tokenIds.join()).slice(0, 8), 16);
    const what = `Asking ${servers.map(({ address }) => address.base).join(', ')} about ${question.tokenIds.length} tokens`;
    return retrier.run(what, hash / 2 ** 32, async (made) => {
      const place = (hash + made) % servers.length;
      const { kind, address } = servers[place] as KnownServer;
      const asked = kind.question(question);
      const body = await requestJson(address, asked, retrier.signal).catch((error: unknown) => {
        if (error instanceof TransientProblem && error.isLoss) {
          gates[place]?.lost();
        }
        throw error;
      });
      const answer = kind.answer(body, question);
      requireSameCount(answer, question, address.base);
      await gates[place]?.answered();
      return answer;
    });
  };
  return {
    ask,
    askAll: async (count, askOne) => {
      const results = new Array<Awaited<ReturnType<typeof askOne>>>(count);
      let next = 0;
      let failed = false;
      const worker = async (): Promise<void> => {
        while (next < count && !failed) {
          const index = next;
          next += 1;
          try {
            results[index] = await askOne(index);
          } catch (error) {
            failed = true;
            throw error;
          }
        }
      };
      const workers = Array.from({ length: Math.min(count, concurrency * servers.length) }, worker);
      // All come to an end before a failure is told: nothing is left running behind it.
      const ends = await Promise.allSettled(workers);
      const failure = ends.find((end) => end.status === 'rejected');
      if (failure !== undefined) {
        throw failure.reason;
      }
      return results;
    },
  };
}

/** A server that adds tokens of its own, or cuts text otherwise, answers about another prompt. */
export function requireSameCount(
  { promptTokens }: TokenAnswer,
  { tokenIds }: Pick<TokenQuestion, 'tokenIds'>,
  base: string,
): void {
  if (promptTokens !== null && promptTokens !== tokenIds.length) {
    throw new InputError(
      `Asking ${base}: it counts ${promptTokens} tokens in a prompt of ${tokenIds.length} token ids. Expected the same number: it adds tokens of its ` +
        'own (a BOS, say), cuts the prompt off, or cuts text into other tokens. Its answers would be about another prompt. Use a server that takes ' +
        'token ids, started with room for the longest prompt.',
    );
  }
}
