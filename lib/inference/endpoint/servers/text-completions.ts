import { z } from 'zod';
import { TransientProblem } from '../request-problems.js';
import type { ServerKind } from '../server-kind.js';

/** What of a tokenizer a server of text needs. */
export interface TokenTexts {
  readonly decode: (tokenIds: readonly number[]) => string;
  readonly vocabularySize: number;
}

const models = z.looseObject({
  data: z
    .array(z.looseObject({ owned_by: z.string().optional(), max_model_len: z.int().positive().nullish() }))
    .min(1),
});
const completion = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        logprobs: z.looseObject({ top_logprobs: z.array(z.record(z.string(), z.number())).min(1) }),
      }),
    )
    .min(1),
  // Without a count nothing tells whether the server cuts the text into the same tokens.
  usage: z.looseObject({ prompt_tokens: z.int() }),
});

/**
 * Any server with OpenAI's `/v1/completions` that takes text: the prompt is sent as the text of its tokens, and the server must
 * count as many of them; the next token is known by its text, and two tokens of one text are taken for neither.
 */
export function textCompletions({ decode, vocabularySize }: TokenTexts): ServerKind {
  let idsByText: ReadonlyMap<string, number | null> | undefined;
  const idOf = (text: string): number | null => {
    idsByText ??= indexByText(decode, vocabularySize);
    return idsByText.get(text) ?? null;
  };
  return {
    name: 'completions',
    tells: 'most-probable-tokens',
    factPaths: ['/v1/models'],
    facts: (answer) => {
      const first = models.safeParse(answer).data?.data[0];
      return first === undefined
        ? null
        : { version: first.owned_by ?? 'unknown', weights: '', context: first.max_model_len ?? null };
    },
    tokenize: null,
    question: ({ model, tokenIds, top }) => ({
      method: 'POST',
      path: '/v1/completions',
      body: { model, prompt: decode(tokenIds), max_tokens: 1, temperature: 0, logprobs: top },
    }),
    answer: (body) => {
      const parsed = completion.safeParse(body);
      if (!parsed.success) {
        throw new TransientProblem(
          'the answer holds no log-probabilities, or does not count the tokens of the prompt',
        );
      }
      const told = Object.entries(parsed.data.choices[0]?.logprobs.top_logprobs[0] ?? {});
      const top = told
        .flatMap(([text, logProb]) => {
          const tokenId = idOf(text);
          return tokenId === null ? [] : [{ tokenId, logProb }];
        })
        .sort((one, other) => other.logProb - one.logProb);
      return {
        logProbs: new Map(top.map(({ tokenId, logProb }) => [tokenId, logProb])),
        top,
        promptTokens: parsed.data.usage.prompt_tokens,
      };
    },
  };
}

/**
 * Token ids by their text behind another token, since some tokenizers drop a space at the beginning; null for a text that several
 * tokens have.
 */
function indexByText(decode: TokenTexts['decode'], vocabularySize: number): Map<string, number | null> {
  const anchor = Math.floor(vocabularySize / 2);
  const before = decode([anchor]).length;
  const ids = new Map<string, number | null>();
  for (let tokenId = 0; tokenId < vocabularySize; tokenId += 1) {
    const text = decode([anchor, tokenId]).slice(before);
    ids.set(text, ids.has(text) ? null : tokenId);
  }
  return ids;
}
