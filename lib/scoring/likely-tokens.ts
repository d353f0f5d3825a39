import type { EncodedPrompt, OptionReading } from '../types.js';

/** A token that may follow a prompt. */
export interface LikelyToken {
  readonly text: string;
  /** 0 to 1, before renormalising. */
  readonly probability: number;
  /** Label of the option whose letter it is; null for any other token. */
  readonly option: string | null;
}

/**
 * What a model was about to say after a prompt: the letters of all options, however improbable, and the most probable other
 * tokens. The probabilities of the letters sum to the option mass.
 *
 * @param given.tokenText text of a token, as of an opened model
 * @returns most probable first
 */
export function likelyTokens(given: {
  readonly encoded: EncodedPrompt;
  readonly result: Extract<OptionReading, { kind: 'read' }>;
  readonly tokenText: (tokenId: number) => string;
}): LikelyToken[] {
  const { prompt, optionTokens } = given.encoded;
  const letters = optionTokens.map(({ text }, place) => ({
    text,
    probability: Math.exp(given.result.optionLogProbs[place] ?? Number.NEGATIVE_INFINITY),
    option: prompt.options[place]?.label ?? null,
  }));
  const isLetter = new Set(optionTokens.map(({ tokenId }) => tokenId));
  const others = given.result.topTokens
    .filter(({ tokenId }) => !isLetter.has(tokenId))
    .map(({ tokenId, logProb }) => ({
      text: given.tokenText(tokenId),
      probability: Math.exp(logProb),
      option: null,
    }));
  return [...letters, ...others].toSorted((one, other) => other.probability - one.probability);
}
