import { z } from 'zod';
import { TransientProblem } from '../request-problems.js';
import type { ServerKind } from '../server-kind.js';

const properties = z.looseObject({
  build_info: z.string(),
  model_path: z.string().optional(),
  default_generation_settings: z.looseObject({ n_ctx: z.int().positive().optional() }),
});
const tokenized = z.looseObject({ tokens: z.array(z.int()) });
const told = z.looseObject({ id: z.int(), logprob: z.number() });
const completion = z.looseObject({
  completion_probabilities: z.array(z.looseObject({ top_logprobs: z.array(told) })).min(1),
  tokens_evaluated: z.int().optional(),
});

/**
 * llama.cpp's own server by its native `/completion`: it tells the `n_probs` most probable tokens.
 *
 * `ignore_eos` lets it write something, and so tell something, where the most probable token would end the text; what it tells
 * are probabilities before that and before any other sampling.
 */
export const llamaCpp: ServerKind = {
  name: 'llama.cpp',
  tells: 'most-probable-tokens',
  factPaths: ['/props'],
  facts: (answer) => {
    const { data } = properties.safeParse(answer);
    return data === undefined
      ? null
      : {
          version: data.build_info,
          weights: data.model_path ?? '',
          context: data.default_generation_settings.n_ctx ?? null,
        };
  },
  tokenize: {
    request: (content) => ({ method: 'POST', path: '/tokenize', body: { content, add_special: false } }),
    read: (answer) => tokenized.safeParse(answer).data?.tokens ?? null,
  },
  question: ({ tokenIds, top }) => ({
    method: 'POST',
    path: '/completion',
    body: {
      ...{ prompt: tokenIds, n_predict: 1, n_probs: top, temperature: -1 },
      ...{ cache_prompt: true, ignore_eos: true, post_sampling_probs: false },
    },
  }),
  answer: (body) => {
    const parsed = completion.safeParse(body);
    if (!parsed.success) {
      throw new TransientProblem('the answer holds no log-probabilities');
    }
    const [first] = parsed.data.completion_probabilities;
    const top = (first?.top_logprobs ?? []).map(({ id, logprob }) => ({ tokenId: id, logProb: logprob }));
    return {
      logProbs: new Map(top.map(({ tokenId, logProb }) => [tokenId, logProb])),
      top,
      promptTokens: parsed.data.tokens_evaluated ?? null,
    };
  },
};
