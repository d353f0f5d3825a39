import { describe, expect, it } from 'vitest';
import { firstOptionBias } from '../../lib/scoring/first-option.js';
import { renormalise } from '../../lib/scoring/probabilities.js';
import type { OptionOrder, Reading } from '../../lib/types.js';

const TASTE = [-1, -0.2, -2, -1.5];

/** p̂ of a model that likes answers by TASTE and, whatever it is, the first option by `bias` nats more. */
function reading(order: OptionOrder, bias: number, change: Partial<Reading> = {}): Reading {
  const shown = order === 'given' ? TASTE : TASTE.toReversed();
  const optionLogProbs = shown.map((logProb, place) => logProb + (place === 0 ? bias : 0));
  return {
    ...{ variable: 'Q1', country: 'DEU', template: 'a', format: 'plain', readingKind: 'letter', order },
    ...{ model: 'm', status: 'scored', reason: null, optionLogProbs },
    optionProbabilities: renormalise(optionLogProbs),
    ...change,
  } as Reading;
}

describe('the bias for the option listed first', () => {
  it('is p̂ of the first place minus that of the last, over both orders', () => {
    const both = [reading('given', 3), reading('reversed', 3)];
    const mean = (place: number) =>
      both.reduce((sum, one) => sum + (one.optionProbabilities.at(place) ?? 9) / 2, 0);
    expect(firstOptionBias(both)).toEqual({
      ...{ first: mean(0), last: mean(-1), excess: mean(0) - mean(-1), readings: 2 },
    });
    expect(mean(0) - mean(-1)).toBeGreaterThan(0.6);
  });

  it('is nothing for a taste that is about answers alone', () => {
    const { excess } = firstOptionBias([reading('given', 0), reading('reversed', 0)]);
    expect(Math.abs(excess ?? 9)).toBeLessThan(1e-15);
  });

  it('leaves out an item and country without both orders', () => {
    const alone = [reading('given', 3), reading('reversed', 3, { country: 'KEN' })];
    expect(firstOptionBias(alone)).toEqual({ excess: null, first: null, last: null, readings: 0 });
    const unscored = [reading('given', 3), reading('reversed', 3, { status: 'unscored' })];
    expect(firstOptionBias(unscored).readings).toBe(0);
  });
});
