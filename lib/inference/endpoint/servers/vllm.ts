import { z } from 'zod';
import { TransientProblem } from '../json-request.js';
import type { ServerKind } from '../server-kind.js';

const version = z.strictObject({ version: z.string() });
const tokenized = z.looseObject({ tokens: z.array(z.int()) });
const completion = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        logprobs: z.looseObject({ top_logprobs: z.array(z.record(z.string(), z.number())).min(1) }),
      }),
    )
    .min(1),
  usage: z.looseObject({ prompt_tokens: z.int() }).nullish(),
});

/**
 * vLLM by `/v1/completions`. With `logprob_token_ids` it tells exactly the tokens that are named, in place of the most probable
 * ones; one that does not know the parameter tells the most probable ones, which the check at opening notices.
 */
export const vllm: ServerKind = {
  name: 'vllm',
  tells: 'wanted-tokens',
  version: {
    path: '/version',
    read: (answer) => {
      const parsed = version.safeParse(answer);
      return parsed.success ? parsed.data.version : null;
    },
  },
  tokenize: {
    request: (prompt, model) => ({
      method: 'POST',
      path: '/tokenize',
      body: { model, prompt, add_special_tokens: false },
    }),
    read: (answer) => tokenized.safeParse(answer).data?.tokens ?? null,
  },
  question: ({ model, tokenIds, wanted, top }) => ({
    method: 'POST',
    path: '/v1/completions',
    body: {
      ...{ model, prompt: tokenIds, max_tokens: 1, temperature: 0, logprobs: Math.max(top, 1) },
      ...{ return_tokens_as_token_ids: true, add_special_tokens: false },
      ...(wanted.length === 0 ? {} : { logprob_token_ids: wanted }),
    },
  }),
  answer: (body) => {
    const parsed = completion.safeParse(body);
    const top = parsed.data?.choices[0]?.logprobs.top_logprobs[0];
    if (top === undefined) {
      throw new TransientProblem('the answer holds no log-probabilities');
    }
    // With return_tokens_as_token_ids the names are "token_id:123".
    const told = Object.entries(top).map(([name, logProb]) => ({
      tokenId: Number(/^token_id:(\d+)$/.exec(name)?.[1] ?? Number.NaN),
      logProb,
    }));
    if (told.some(({ tokenId }) => Number.isNaN(tokenId))) {
      throw new TransientProblem('the answer names tokens by their text, though ids were asked for');
    }
    return {
      logProbs: new Map(told.map(({ tokenId, logProb }) => [tokenId, logProb])),
      top: told.toSorted((one, other) => other.logProb - one.logProb),
      promptTokens: parsed.data?.usage?.prompt_tokens ?? null,
    };
  },
};
