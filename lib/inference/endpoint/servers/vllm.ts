import { z } from 'zod';
import { TransientProblem } from '../request-problems.js';
import type { ServerKind } from '../server-kind.js';

const version = z.strictObject({ version: z.string() });
const served = z.looseObject({
  data: z
    .array(z.looseObject({ root: z.string().optional(), max_model_len: z.int().positive().nullish() }))
    .min(1),
});
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
  factPaths: ['/version'],
  facts: (answer, models) => {
    const { data } = version.safeParse(answer);
    const first = served.safeParse(models).data?.data[0];
    return data === undefined
      ? null
      : { version: data.version, weights: first?.root ?? '', context: first?.max_model_len ?? null };
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
      ...{ model, prompt: tokenIds, max_tokens: 1, temperature: 0 },
      ...{ return_tokens_as_token_ids: true, add_special_tokens: false },
      // Named tokens stand in place of the most probable ones, and vLLM wants their number as that of log-probabilities.
      ...(wanted.length === 0
        ? { logprobs: Math.max(top, 1) }
        : { logprobs: wanted.length, logprob_token_ids: wanted }),
    },
  }),
  answer: (body, { wanted }) => {
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
      // Beside named tokens stands the one that was taken, which at temperature 0 is the most probable.
      top: told
        .toSorted((one, other) => other.logProb - one.logProb)
        .slice(0, wanted.length === 0 ? told.length : 1),
      promptTokens: parsed.data?.usage?.prompt_tokens ?? null,
    };
  },
};
