import { sha256OfText } from '../files/hash.js';
import type {
  AnswerTextReading,
  Item,
  OptionReading,
  OptionToken,
  Prompt,
  Reading,
  ReadingKind,
} from '../types.js';
import { meanScore, renormalise } from './probabilities.js';

/** What a stored row is made from, whatever was read. */
export interface AskedPrompt {
  readonly model: string;
  readonly item: Item;
  readonly prompt: Prompt;
  readonly tokenIds: readonly number[];
}

/** Everything that one stored row of option letters is made from. */
export interface ReadingParts extends AskedPrompt {
  /** Empty where the options could not be found as tokens. */
  readonly optionTokens: readonly OptionToken[];
  readonly result: OptionReading;
  /** Text of a token, for the evidence kept with the reading. */
  readonly tokenText: (tokenId: number) => string;
}

/** Everything that one stored row of answer texts is made from. */
export interface AnswerTextParts extends AskedPrompt {
  /** Token ids of each option's text; empty where they are unknown. */
  readonly answerTokenIds: readonly (readonly number[])[];
  readonly result: AnswerTextReading;
}

/** Turns what a model said about one prompt into the row that is stored: raw log-probabilities, p̂ and mean score. */
export function makeReading(parts: ReadingParts): Reading {
  const { result } = parts;
  if (result.kind === 'unreadable') {
    return unscored(parts, 'letter', result.reason);
  }
  return {
    ...scored(parts, 'letter', result.optionLogProbs),
    optionTokenIds: parts.optionTokens.map((token) => token.tokenId),
    optionMass: Math.exp(result.optionLogMass),
    topTokens: result.topTokens.map((token) => ({ ...token, text: parts.tokenText(token.tokenId) })),
  };
}

/**
 * The same for answer texts: p̂ is the renormalised exp of the summed log-probabilities, so a longer text has a harder time
 * than a shorter one. The token counts that are kept with it allow a mean over tokens instead.
 */
export function makeAnswerTextReading(parts: AnswerTextParts): Reading {
  const { result, answerTokenIds } = parts;
  if (result.kind === 'unreadable') {
    return unscored(parts, 'answer-text', result.reason);
  }
  return {
    ...scored(parts, 'answer-text', result.optionLogProbs),
    optionTokenCounts: answerTokenIds.length === 0 ? null : answerTokenIds.map((tokenIds) => tokenIds.length),
  };
}

function unscored(asked: AskedPrompt, readingKind: ReadingKind, reason: string | null): Reading {
  const { model, prompt, tokenIds } = asked;
  return {
    model,
    variable: prompt.variable,
    country: prompt.country,
    template: prompt.template,
    order: prompt.order,
    format: prompt.format,
    readingKind,
    promptHash: sha256OfText(prompt.text),
    tokenIdsHash: sha256OfText(tokenIds.join(',')),
    tokenCount: tokenIds.length,
    status: 'unscored',
    reason,
    optionCodes: [],
    optionTokenIds: [],
    optionLogProbs: [],
    optionProbabilities: [],
    optionMass: null,
    meanScore: null,
    topTokens: [],
    optionTokenCounts: null,
  };
}

function scored(asked: AskedPrompt, readingKind: ReadingKind, optionLogProbs: readonly number[]): Reading {
  const { item, prompt } = asked;
  const optionProbabilities = renormalise(optionLogProbs);
  const probabilities = prompt.options.map((option, index) => ({
    probability: optionProbabilities[index] ?? 0,
    score: scoreOf(item, option.code),
  }));
  return {
    ...unscored(asked, readingKind, null),
    status: 'scored',
    optionCodes: prompt.options.map((option) => option.code),
    optionLogProbs,
    optionProbabilities,
    meanScore: item.canMean ? meanScore(probabilities) : null,
  };
}

/** Score of the option with a survey code; null where the item has no order. */
export function scoreOf(item: Item, code: number): number | null {
  return item.options.find((option) => option.code === code)?.score ?? null;
}
