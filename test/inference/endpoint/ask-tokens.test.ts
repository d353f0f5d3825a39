import { describe, expect, it } from 'vitest';
import { askTokens } from '../../../lib/inference/endpoint/ask-tokens.js';
import type { Replicas } from '../../../lib/inference/endpoint/replicas.js';
import { RefusedRequest } from '../../../lib/inference/endpoint/request-problems.js';
import { llamaCpp } from '../../../lib/inference/endpoint/servers/llama-cpp.js';
import { vllm } from '../../../lib/inference/endpoint/servers/vllm.js';

/** Tells the most probable of 1,000 tokens, token 0 first. */
function server(asked: number[]): Pick<Replicas, 'ask'> {
  return {
    ask: async ({ top }) => {
      asked.push(top);
      const told = Array.from({ length: Math.min(top, 1000) }, (_, tokenId) => ({
        tokenId,
        logProb: -1 - tokenId,
      }));
      return {
        logProbs: new Map(told.map(({ tokenId, logProb }) => [tokenId, logProb])),
        top: told,
        promptTokens: null,
      };
    },
  };
}

const question = (wanted: readonly number[]) => ({ model: 'm', tokenIds: [1, 2], wanted });
const limits = () => ({ first: 64, most: 1000 });

describe('askTokens', () => {
  it('asks once where all wanted tokens are among the first told', async () => {
    const asked: number[] = [];
    const told = await askTokens(server(asked), question([3, 60]), {
      kind: llamaCpp,
      top: limits(),
      keep: 5,
    });
    expect(told.logProbs).toEqual([-4, -61]);
    expect(told.top.map(({ tokenId }) => tokenId)).toEqual([0, 1, 2, 3, 4]);
    expect(asked).toEqual([64]);
  });

  it('asks for more until they are, and for the whole vocabulary at most', async () => {
    const asked: number[] = [];
    const told = await askTokens(server(asked), question([3, 900]), {
      kind: llamaCpp,
      top: limits(),
      keep: 5,
    });
    expect(told.logProbs).toEqual([-4, -901]);
    expect(asked).toEqual([64, 512, 1000]);
  });

  it('gives null, not a number, for what is told however it is asked', async () => {
    const told = await askTokens(server([]), question([3, 5000]), { kind: llamaCpp, top: limits(), keep: 5 });
    expect(told.logProbs).toEqual([-4, null]);
  });

  it('asks a server that tells named tokens for no more than is kept', async () => {
    const asked: number[] = [];
    await askTokens(server(asked), question([3]), { kind: vllm, top: limits(), keep: 5 });
    expect(asked).toEqual([5]);
  });

  it('learns how many a server allows, from its refusals, and asks for no more again', async () => {
    const asked: number[] = [];
    const strict: Pick<Replicas, 'ask'> = {
      ask: async (given) => {
        asked.push(given.top);
        if (given.top > 200) {
          throw new RefusedRequest('too many', 400);
        }
        return server([]).ask(given);
      },
    };
    const top = limits();
    const told = await askTokens(strict, question([3, 900]), { kind: llamaCpp, top, keep: 5 });
    expect(told.logProbs).toEqual([-4, null]);
    expect(asked).toEqual([64, 512, 256, 128]);
    expect(top.most).toBe(128);
    asked.length = 0;
    await askTokens(strict, question([3, 900]), { kind: llamaCpp, top, keep: 5 });
    expect(asked).toEqual([64, 128]);
  });

  it('does not take another refusal for a limit', async () => {
    const gone: Pick<Replicas, 'ask'> = {
      ask: async (given) => {
        if (given.top > 64) {
          throw new RefusedRequest('no such model', 404);
        }
        return server([]).ask(given);
      },
    };
    const asking = askTokens(gone, question([900]), { kind: llamaCpp, top: limits(), keep: 5 });
    await expect(asking).rejects.toThrow('no such model');
  });
});
