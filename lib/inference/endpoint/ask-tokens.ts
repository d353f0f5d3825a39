import type { TokenLogProb } from '../../types.js';
import type { Replicas } from './replicas.js';
import { RefusedRequest } from './request-problems.js';
import type { ServerKind, TokenAnswer } from './server-kind.js';

/** What a server said of the tokens that were wanted after a sequence. */
export interface TokensTold {
  /** In the order of the wanted tokens; null where the server tells no value however it is asked. */
  readonly logProbs: readonly (number | null)[];
  readonly top: readonly TokenLogProb[];
}

/** How many most probable tokens a server is asked for, where it tells no others; learns how many it allows. */
export interface TopTokens {
  /** The first time. */
  readonly first: number;
  /** As many as the vocabulary has, or as the server has been found to allow. */
  most: number;
}

const GROWTH = 8;
// What servers answer to more log-probabilities than they allow.
const TOO_MANY = new Set<number | null>([400, 413, 422]);

/**
 * Log-probabilities of tokens after a sequence. Where a server tells the most probable tokens only, and a wanted one is not
 * among them, it is asked again for more, up to what it allows: what is not told is unknown, never zero.
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
  const told = ({ logProbs, top: likely }: TokenAnswer): TokensTold => ({
    logProbs: question.wanted.map((tokenId) => logProbs.get(tokenId) ?? null),
    top: likely.slice(0, keep),
  });
  if (kind.tells === 'wanted-tokens') {
    return told(await replicas.ask({ ...question, top: keep }));
  }
  let asked = Math.min(top.first, top.most);
  let found = told(await replicas.ask({ ...question, top: asked }));
  while (found.logProbs.includes(null) && asked < top.most) {
    const more = Math.min(asked * GROWTH, top.most);
    try {
      found = told(await replicas.ask({ ...question, top: more }));
      asked = more;
    } catch (error) {
      if (!(error instanceof RefusedRequest) || !TOO_MANY.has(error.status)) {
        throw error;
      }
      top.most = Math.max(asked, Math.floor(more / 2));
      if (top.most === asked) {
        break;
      }
    }
  }
  return found;
}
