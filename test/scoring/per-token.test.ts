import { describe, expect, it } from 'vitest';
import { perToken } from '../../lib/scoring/per-token.js';
import type { Reading } from '../../lib/types.js';

const reading = {
  ...{
    variable: 'Q1',
    country: 'DEU',
    template: 'a',
    format: 'plain',
    readingKind: 'answer-text',
    order: 'given',
  },
  ...{ model: 'm', status: 'scored', reason: null, optionCodes: [1, 2], optionLogProbs: [-2, -6] },
  ...{ optionTokenCounts: [1, 4], optionProbabilities: [0.98, 0.02], meanScore: -0.96, optionMass: null },
} as unknown as Reading;

describe('answer texts by the mean over their tokens', () => {
  it('does not hold its length against a long text', () => {
    const [one] = perToken([reading]);
    expect(one?.optionLogProbs).toEqual([-2, -1.5]);
    expect(one?.optionProbabilities[1]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 12);
    expect(one?.meanScore).toBeNull();
  });

  it('is unscored where the number of tokens is not known, and leaves what is unscored as it is', () => {
    const [one] = perToken([{ ...reading, optionTokenCounts: null }]);
    expect(one).toMatchObject({ status: 'unscored', optionLogProbs: [] });
    expect(one?.reason).toContain('number of tokens');
    const unscored = { ...reading, status: 'unscored', reason: 'two tokens' } as const;
    expect(perToken([unscored])).toEqual([unscored]);
  });
});
