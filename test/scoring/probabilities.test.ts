import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanScore, renormalise } from '../../lib/scoring/probabilities.js';

describe('renormalise', () => {
  it('divides by the mass on the options', () => {
    // p = .1, .3 on the options, .6 elsewhere: p̂ = .25, .75
    expect(renormalise([Math.log(0.1), Math.log(0.3)])).toEqual([
      expect.closeTo(0.25, 14),
      expect.closeTo(0.75, 14),
    ]);
  });

  it('sums to 1 and does not depend on a common shift', () => {
    const logProbs = fc.array(fc.double({ min: -60, max: 0, noNaN: true }), { minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(logProbs, fc.double({ min: -500, max: 0, noNaN: true }), (values, shift) => {
        const plain = renormalise(values);
        expect(plain.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
        const shifted = renormalise(values.map((value) => value + shift));
        plain.forEach((one, index) => {
          expect(shifted[index]).toBeCloseTo(one, 9);
        });
      }),
    );
  });

  it('keeps far tails finite', () => {
    expect(renormalise([-2000, -2001])[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });
});

describe('meanScore', () => {
  it('weighs scores by probabilities', () => {
    // .5 x 1 + .25 x 0 + .25 x -1 = .25
    const options = [
      { probability: 0.5, score: 1 },
      { probability: 0.25, score: 0 },
      { probability: 0.25, score: -1 },
    ];
    expect(meanScore(options)).toBeCloseTo(0.25, 14);
  });

  it('is undefined for options without an order', () => {
    expect(meanScore([{ probability: 1, score: null }])).toBeNull();
  });
});
