import { InputError } from '../files/input-error.js';
import type { AnswerShare, Item } from '../types.js';

/** The score as a linear function of the survey's code: s(code) = slope * code + intercept. */
export interface ScoreLine {
  readonly slope: number;
  readonly intercept: number;
}

/** How far an option's score may lie from the line. */
const TOLERANCE = 1e-9;

/**
 * The line through an item's options. Scores are spaced evenly over the codes, s_k = 2(k-1)/(K-1) - 1 and then
 * oriented, so the mean of a score is the score of the mean code. That is how a country's mean becomes a mean score
 * where its shares are not known.
 *
 * @returns null for an item that cannot carry a mean
 * @throws InputError when the scores do not lie on one line: means alone then say nothing about mean scores
 */
export function scoreLine(item: Item): ScoreLine | null {
  const [first] = item.options;
  const last = item.options.at(-1);
  if (
    !item.canMean ||
    first === undefined ||
    last === undefined ||
    first.score === null ||
    last.score === null
  ) {
    return null;
  }
  const slope = (last.score - first.score) / (last.code - first.code);
  const intercept = first.score - slope * first.code;
  for (const option of item.options) {
    const onLine = slope * option.code + intercept;
    if (option.score === null || Math.abs(option.score - onLine) > TOLERANCE) {
      throw new InputError(
        `Scoring item ${item.variable}: option ${option.code} has the score ${option.score}, ` +
          `expected ${onLine} (even steps between the first and the last option). Correct the item bank.`,
      );
    }
  }
  return { slope, intercept };
}

/** Mean score of a mean of codes, in [-1, 1]. */
export function meanScoreOfMean(line: ScoreLine, meanCode: number): number {
  return clampScore(line.slope * meanCode + line.intercept);
}

/**
 * Mean score of answer shares, sum_k share_k s_k, over every option including those that people only volunteer.
 *
 * @returns null for an item that cannot carry a mean
 */
export function meanScoreOfShares(item: Item, shares: readonly AnswerShare[]): number | null {
  if (!item.canMean) {
    return null;
  }
  const scores = new Map(item.options.map((option) => [option.code, option.score]));
  let sum = 0;
  for (const { code, share } of shares) {
    const score = scores.get(code);
    if (score === undefined || score === null) {
      throw new InputError(
        `Scoring item ${item.variable}: found a share for code ${code}, which has no score in the item bank. ` +
          `Expected codes among ${[...scores.keys()].join(', ')}.`,
      );
    }
    sum += share * score;
  }
  return clampScore(sum);
}

// Means and shares are printed with six decimals, so a sum may leave the range by rounding alone.
function clampScore(score: number): number {
  return Math.min(1, Math.max(-1, score));
}
