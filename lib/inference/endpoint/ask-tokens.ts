import type { TokenLogProb } from '../../types.js';
import type { Replicas } from './replicas.js';
import type { ServerKind } from './server-kind.js';

/** What a server said of the tokens that were wanted after a sequence. */
export interface TokensTold {
  /** In the order of the wanted tokens; null where the server tells no value however it is asked. */
  readonly logProbs: readonly (number | null)[];
  readonly top: readonly TokenLogProb[];
}

/** How many most probable tokens a server is asked for, where it tells no others. */
export interface TopTokens {
  /** The first time. */
  readonly first: number;
  /** As many as the vocabulary has, or as the server tells at most. */
  readonly most: number;
}

const GROWTH = 8;

/**
 * Log-probabilities of tokens after a sequence. Where a server tells the most probable tokens only, and a wanted one is not
 * among them, it is asked again for more: what is not told is unknown, never zero.
 *
 * @param keep most probable tokens that are wanted in any case
 */
export async function askTokens(
  replicas: Pick<Replicas, 'ask'>,
  question: {
    readonly model: string;
    readonly tokenIds: readonly number[];
    readonly wanted: readonly number[];
  },
  { kind, top, keep }: { readonly kind: ServerKind; readonly top: TopTokens; readonly keep: number },
): Promise<TokensTold> {
  let asked = kind.tells === 'wanted-tokens' ? keep : Math.max(top.first, keep);
  for (;;) {
    const answer = await replicas.ask({ ...question, top: asked });
    const logProbs = question.wanted.map((tokenId) => answer.logProbs.get(tokenId) ?? null);
    if (!logProbs.includes(null) || kind.tells === 'wanted-tokens' || asked >= top.most) {
      return { logProbs, top: answer.top.slice(0, keep) };
    }
    asked = Math.min(asked * GROWTH, top.most);
  }
}
