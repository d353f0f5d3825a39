import { choices } from '../choices.js';
import { welch } from './welch.js';

/** How often a test finds a difference where there is none. */
export interface HalfSplits {
  /** Share of the splits whose p lies below the level; null without a split that has a p. */
  readonly rate: number | null;
  readonly significant: number;
  /** Splits with a p. */
  readonly splits: number;
  /** Splits without one (both halves constant). */
  readonly undefinedSplits: number;
  readonly level: number;
  readonly reason: string | null;
}

/**
 * Splits values of one kind (the seeds of one recipe) into two halves in every way there is and puts Welch's t test to each:
 * how often does it find a difference that is none? Halves have no order, so each pair of halves counts once; of an odd
 * number of values one half has one more.
 *
 * All splits are of the same few values: the rate is exact for these values and only one look at the rate in general.
 *
 * @param input.level below which a p counts as a difference; .05 by default
 * @returns no rate, with a reason, for fewer than four values (Welch needs two in each half)
 */
export function welchOverHalves(input: {
  readonly values: readonly number[];
  readonly level?: number;
}): HalfSplits {
  const { values, level = 0.05 } = input;
  const n = values.length;
  if (n < 4) {
    const reason = `${n} values; two halves for a t test need at least 4`;
    return { rate: null, significant: 0, splits: 0, undefinedSplits: 0, level, reason };
  }
  const half = Math.floor(n / 2);
  const p = [...choices(n, half)]
    // Of two equal halves the one with the first value stands for both.
    .filter(([first]) => n % 2 === 1 || first === 0)
    .map((chosen) => {
      const isChosen = new Set(chosen);
      const side = (wanted: boolean): number[] => values.filter((_, place) => isChosen.has(place) === wanted);
      return welch({ first: side(true), second: side(false) }).p;
    });
  const defined = p.filter((one) => one !== null);
  const significant = defined.filter((one) => one < level).length;
  return {
    rate: defined.length === 0 ? null : significant / defined.length,
    significant,
    splits: defined.length,
    undefinedSplits: p.length - defined.length,
    level,
    reason: defined.length === 0 ? 'all values are the same' : null,
  };
}
