import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanScoreOfMean, meanScoreOfShares, scoreLine } from '../../lib/survey/score-line.js';
import { sampleItem } from './sample-item.js';

const item = sampleItem();
const [much, some, none] = item.options;
if (much === undefined || some === undefined || none === undefined) {
  throw new Error('the sample has three options');
}

describe('scoreLine', () => {
  it('goes through the options', () => {
    // 1 -> 1, 2 -> 0, 3 -> -1: s = 2 - code.
    expect(scoreLine(item)).toEqual({ slope: -1, intercept: 2 });
  });

  it('is null for an item without a mean', () => {
    expect(scoreLine(sampleItem({ canMean: false, whyNoMean: 'no order' }))).toBeNull();
  });

  it('refuses scores that lie on no line', () => {
    const bent = sampleItem({ options: [much, { ...some, score: 0.25 }, none] });
    expect(() => scoreLine(bent)).toThrow(
      'Scoring item Q1: option 2 has the score 0.25, expected 0 (even steps between the first and the last option).',
    );
  });
});

describe('mean scores', () => {
  it('of shares are the sum of share times score', () => {
    // .5 * 1 + .3 * 0 + .2 * -1 = .3
    const shares = [
      { code: 1, share: 0.5 },
      { code: 2, share: 0.3 },
      { code: 3, share: 0.2 },
    ];
    expect(meanScoreOfShares(item, shares)).toBeCloseTo(0.3, 14);
    expect(meanScoreOfShares(sampleItem({ canMean: false, whyNoMean: 'no order' }), shares)).toBeNull();
  });

  it('of shares and of their mean code are the same', () => {
    const line = scoreLine(item) ?? { slope: Number.NaN, intercept: Number.NaN };
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, b, c) => {
        const total = a + b + c;
        const shares = [a, b, c].map((count, place) => ({ code: place + 1, share: count / total }));
        const meanCode = shares.reduce((sum, { code, share }) => sum + code * share, 0);
        expect(meanScoreOfMean(line, meanCode)).toBeCloseTo(
          meanScoreOfShares(item, shares) ?? Number.NaN,
          12,
        );
      }),
    );
  });

  it('stay inside [-1, 1] when printed shares miss 1 by a millionth', () => {
    expect(meanScoreOfShares(item, [{ code: 1, share: 1.000001 }])).toBe(1);
    expect(meanScoreOfMean({ slope: -1, intercept: 2 }, 0.999999)).toBe(1);
  });

  it('refuse a code without a score', () => {
    expect(() => meanScoreOfShares(item, [{ code: 9, share: 1 }])).toThrow(
      'Scoring item Q1: found a share for code 9, which has no score in the item bank. Expected codes among 1, 2, 3.',
    );
  });
});
