import type { TokenLogProb } from './model.js';
import type { PromptKey } from './prompts.js';
import type { AnswerShare } from './survey.js';

/**
 * Which reading of "probability of an option". `letter`: the next token after the cue is the option's letter.
 * `answer-text`: the option's label follows the cue, summed over its tokens; nothing has to follow the label, so "Agree"
 * holds the probability of "Agree strongly", too.
 */
export type ReadingKind = 'letter' | 'answer-text';

/** One stored answer of a model to one prompt: a row of a readings file. */
export interface Reading extends PromptKey {
  readonly model: string;
  readonly readingKind: ReadingKind;
  /** SHA-256 of the prompt's text. */
  readonly promptHash: string;
  /** SHA-256 of the token ids; empty where they are unknown. */
  readonly tokenIdsHash: string;
  readonly tokenCount: number;
  readonly status: 'scored' | 'unscored';
  /** Why there is no score; null when there is one. */
  readonly reason: string | null;
  /** Survey codes of the options in the order shown; the arrays below run along it. Empty when unscored. */
  readonly optionCodes: readonly number[];
  /** Token of each option's letter; empty for answer texts, whose tokens are many. */
  readonly optionTokenIds: readonly number[];
  /** Raw log-probability of each option: of its letter, or summed over the tokens of its answer text. */
  readonly optionLogProbs: readonly number[];
  /** Probabilities renormalised over the options: p̂. */
  readonly optionProbabilities: readonly number[];
  /**
   * Probability mass on the options before renormalising, in [0, 1]; null when unscored, and for answer texts: they differ
   * in length and one may begin another, so their probabilities are no shares of one whole.
   */
  readonly optionMass: number | null;
  /** sum_k p̂_k s_k; null when unscored or when the item cannot carry a mean. */
  readonly meanScore: number | null;
  /** Most probable next tokens, best first; empty for answer texts. */
  readonly topTokens: readonly TopToken[];
  /** Tokens of each answer text, so that a mean over tokens can be taken; null for letters and where they are unknown. */
  readonly optionTokenCounts: readonly number[] | null;
}

/** A probable next token as text, kept as evidence. */
export interface TopToken extends TokenLogProb {
  readonly text: string;
}

/** A model's answer about one item and country, both option orders joined. */
export interface CellScore {
  readonly variable: string;
  readonly country: string | null;
  readonly status: 'scored' | 'unscored';
  readonly reason: string | null;
  /** p̂ by survey code. */
  readonly probabilities: readonly AnswerShare[];
  readonly meanScore: number | null;
  /** Mean of the two orders' option mass; null for answer texts, which have none. */
  readonly optionMass: number | null;
  /** Mean score in the given order minus mean score in the reversed order; null with one order only. */
  readonly orderGap: number | null;
}
