import { z } from 'zod';
import type { TokenLogProb } from '../../../types.js';
import { TransientProblem } from '../request-problems.js';
import type { ServerKind } from '../server-kind.js';

const information = z.looseObject({
  model_path: z.string(),
  version: z.string(),
  context_length: z.int().positive().nullish(),
});
// [log-probability, token id, text]
const told = z.tuple([z.number(), z.int()], z.unknown());
const places = z.array(z.array(told)).min(1);
const generated = z.looseObject({
  meta_info: z.looseObject({
    prompt_tokens: z.int().optional(),
    output_top_logprobs: places.nullish(),
    output_token_ids_logprobs: places.nullish(),
  }),
});

/** SGLang by its native `/generate`: `token_ids_logprob` names the tokens that are wanted. */
export const sglang: ServerKind = {
  name: 'sglang',
  tells: 'wanted-tokens',
  // The second is what earlier versions have.
  factPaths: ['/server_info', '/get_server_info'],
  facts: (answer) => {
    const { data } = information.safeParse(answer);
    return data === undefined
      ? null
      : { version: data.version, weights: data.model_path, context: data.context_length ?? null };
  },
  tokenize: null,
  question: ({ tokenIds, wanted, top }) => ({
    method: 'POST',
    path: '/generate',
    body: {
      input_ids: tokenIds,
      sampling_params: { max_new_tokens: 1, temperature: 0 },
      ...{ return_logprob: true, logprob_start_len: -1, top_logprobs_num: Math.max(top, 1) },
      ...(wanted.length === 0 ? {} : { token_ids_logprob: wanted }),
    },
  }),
  answer: (body) => {
    const parsed = generated.safeParse(body);
    const top = tokensOf(parsed.data?.meta_info.output_top_logprobs);
    const wanted = tokensOf(parsed.data?.meta_info.output_token_ids_logprobs);
    if (!parsed.success || top.length + wanted.length === 0) {
      throw new TransientProblem('the answer holds no log-probabilities');
    }
    return {
      logProbs: new Map([...top, ...wanted].map(({ tokenId, logProb }) => [tokenId, logProb])),
      top: top.toSorted((one, other) => other.logProb - one.logProb),
      promptTokens: parsed.data.meta_info.prompt_tokens ?? null,
    };
  },
};

function tokensOf(places: z.infer<typeof generated>['meta_info']['output_top_logprobs']): TokenLogProb[] {
  return (places?.[0] ?? []).map(([logProb, tokenId]) => ({ tokenId, logProb }));
}
