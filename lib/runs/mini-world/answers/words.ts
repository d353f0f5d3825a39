import type { SeedContrast } from '../../../analysis/mini-world/seed-contrast.js';
import type { SeedTrend } from '../../../analysis/mini-world/seed-trend.js';
import { number } from '../../summary/numbers.js';

/** Above this an adjusted p is no evidence. */
const LARGE_P = 0.05;

/** What a test lets one say: that a figure is higher or lower, that it may be chance, or nothing. */
export type Verdict = 'higher' | 'lower' | 'may be chance' | 'no claim';

/** Of the second recipe beside the first. */
export function verdictOf({ difference, adjustedP }: SeedContrast): Verdict {
  return verdict(difference, adjustedP);
}

/** Of the end of a trend beside its beginning. */
export function trendVerdict({ trend, adjustedP }: SeedTrend): Verdict {
  return verdict(trend, adjustedP);
}

function verdict(direction: number | null, p: number | null): Verdict {
  if (direction === null || p === null) {
    return 'no claim';
  }
  if (p > LARGE_P) {
    return 'may be chance';
  }
  return direction > 0 ? 'higher' : 'lower';
}

/** "0.583 in mini-600k against 0.301 in mini-6k (+0.282 [0.270, 0.294], p < .001)", and what it allows to say. */
export function contrastInWords(contrast: SeedContrast): string {
  const { first, second, difference, low, high, adjustedP } = contrast;
  if (adjustedP === null) {
    return `no claim about ${first.recipe} and ${second.recipe} (${first.seeds} and ${second.seeds} trainings)`;
  }
  const interval = low === null || high === null ? '' : ` [${three(low)}, ${three(high)}]`;
  const chance = verdictOf(contrast) === 'may be chance' ? ', which may be chance' : '';
  return (
    `${three(second.mean)} in ${second.recipe} against ${three(first.mean)} in ${first.recipe} ` +
    `(${signedThree(difference)}${interval}, ${pInWords(adjustedP)}${chance})`
  );
}

/** "rises from 0.301 in mini-6k to 0.583 in mini-600k (p < .001)". */
export function trendInWords(trend: SeedTrend): string {
  const [first, last] = [trend.arms[0], trend.arms.at(-1)];
  if (first === undefined || last === undefined || trend.adjustedP === null) {
    return `has no trend that could be tested (${trend.arms.length} recipes with enough trainings)`;
  }
  const ways = {
    ...{ higher: 'rises', lower: 'falls', 'may be chance': 'shows no sure trend', 'no claim': 'is' },
  };
  return (
    `${ways[trendVerdict(trend)]} from ${three(first.mean)} in ${first.recipe} to ${three(last.mean)} in ${last.recipe} ` +
    `(${pInWords(trend.adjustedP)})`
  );
}

export function three(value: number | null): string {
  return value === null ? 'undefined' : number(value, 3);
}

export function signedThree(value: number | null): string {
  return value !== null && value > 0 ? `+${three(value)}` : three(value);
}

function pInWords(p: number): string {
  return p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`;
}
