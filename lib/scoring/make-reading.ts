import { sha256OfText } from '../files/hash.js';
import type { Item, OptionReading, OptionToken, Prompt, Reading } from '../types.js';
import { meanScore, renormalise } from './probabilities.js';

/** Everything that one stored row is made from. */
export interface ReadingParts {
  readonly model: string;
  readonly item: Item;
  readonly prompt: Prompt;
  readonly tokenIds: readonly number[];
  /** Empty where the options could not be found as tokens. */
  readonly optionTokens: readonly OptionToken[];
  readonly result: OptionReading;
  /** Text of a token, for the evidence kept with the reading. */
  readonly tokenText: (tokenId: number) => string;
}

/** Turns what a model said about one prompt into the row that is stored: raw log-probabilities, p̂ and mean score. */
export function makeReading(parts: ReadingParts): Reading {
  const { prompt, item, result } = parts;
  const base = {
    model: parts.model,
    variable: prompt.variable,
    country: prompt.country,
    template: prompt.template,
    order: prompt.order,
    format: prompt.format,
    readingKind: 'letter' as const,
    promptHash: sha256OfText(prompt.text),
    tokenIdsHash: sha256OfText(parts.tokenIds.join(',')),
    tokenCount: parts.tokenIds.length,
  };
  if (result.kind === 'unreadable') {
    return {
      ...base,
      status: 'unscored',
      reason: result.reason,
      optionCodes: [],
      optionTokenIds: [],
      optionLogProbs: [],
      optionProbabilities: [],
      optionMass: null,
      meanScore: null,
      topTokens: [],
    };
  }
  const probabilities = renormalise(result.optionLogProbs);
  const scored = prompt.options.map((option, index) => ({
    probability: probabilities[index] ?? 0,
    score: scoreOf(item, option.code),
  }));
  return {
    ...base,
    status: 'scored',
    reason: null,
    optionCodes: prompt.options.map((option) => option.code),
    optionTokenIds: parts.optionTokens.map((token) => token.tokenId),
    optionLogProbs: result.optionLogProbs,
    optionProbabilities: probabilities,
    optionMass: Math.exp(result.optionLogMass),
    meanScore: item.canMean ? meanScore(scored) : null,
    topTokens: result.topTokens.map((token) => ({ ...token, text: parts.tokenText(token.tokenId) })),
  };
}

/** Score of the option with a survey code; null where the item has no order. */
export function scoreOf(item: Item, code: number): number | null {
  return item.options.find((option) => option.code === code)?.score ?? null;
}
