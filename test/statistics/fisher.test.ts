import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlationOfFisherZ, fisherZ, meanCorrelation } from '../../lib/statistics/fisher.js';
import { oracle as agreementOracle } from './agreement-oracle.js';
import { oracle } from './statistics-oracle.js';

describe('fisherZ', () => {
  it('agrees with numpy', () => {
    for (const { correlations, z } of oracle.fisher) {
      expect(correlations.length).toBeGreaterThan(0);
      for (const [place, r] of correlations.entries()) {
        expect(fisherZ(r)).toBeCloseTo(z[place] ?? Number.NaN, 12);
        expect(correlationOfFisherZ(fisherZ(r))).toBeCloseTo(r, 12);
      }
    }
  });

  it('caps perfect correlations at .999', () => {
    // atanh(.999) = ln(1.999 / .001) / 2
    expect(fisherZ(1)).toBeCloseTo(Math.log(1999) / 2, 12);
    expect(fisherZ(-1)).toBeCloseTo(-Math.log(1999) / 2, 12);
  });

  it('refuses what is no correlation', () => {
    expect(() => fisherZ(1.01)).toThrow('fisherZ needs a correlation from -1 to 1, got 1.01.');
    expect(() => fisherZ(Number.NaN)).toThrow('got NaN');
  });
});

describe('meanCorrelation', () => {
  it.each(oracle.fisher)('agrees with numpy: $correlations', ({ correlations, mean, plainMean }) => {
    const found = meanCorrelation(correlations);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.plainMean).toBeCloseTo(plainMean, 12);
    expect(found).toMatchObject({ capped: 0, n: correlations.length, undefinedCount: 0 });
  });

  it('counts what was capped and what is undefined', () => {
    // z of 1 is capped to ln(1999) / 2 and z of 0 is 0; half of it is ln(1999) / 4.
    // The plain mean keeps the 1 as it is.
    const found = meanCorrelation([1, null, 0]);
    expect(found.mean).toBeCloseTo(Math.tanh(Math.log(1999) / 4), 12);
    expect(found).toMatchObject({ plainMean: 0.5, capped: 1, n: 2, undefinedCount: 1 });
    // .999 itself is not changed by the cap.
    expect(meanCorrelation([0.999, -0.9991]).capped).toBe(1);
  });

  it('has no mean of nothing', () => {
    expect(meanCorrelation([null, null])).toEqual({
      mean: null,
      plainMean: null,
      capped: 0,
      n: 0,
      undefinedCount: 2,
    });
    expect(meanCorrelation([]).mean).toBeNull();
  });
});

describe('meanCorrelation with weights', () => {
  it.each(agreementOracle.weightedMeans)('agrees with statsmodels: $correlations', (entry) => {
    const found = meanCorrelation(entry.correlations, { weights: entry.weights });
    expect(found.mean).toBeCloseTo(entry.mean, 12);
    expect(found.plainMean).toBeCloseTo(entry.plainMean, 12);
  });

  it('with equal weights is the mean without', () => {
    const correlation = fc.option(fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(correlation), fc.double({ min: 0.01, max: 100, noNaN: true }), (all, weight) => {
        const plain = meanCorrelation(Object.freeze(all));
        const found = meanCorrelation(all, { weights: all.map(() => weight) });
        expect(found).toMatchObject({
          n: plain.n,
          capped: plain.capped,
          undefinedCount: plain.undefinedCount,
        });
        if (plain.mean === null) {
          expect(found.mean).toBeNull();
        } else {
          expect(found.mean).toBeCloseTo(plain.mean, 10);
          expect(found.plainMean).toBeCloseTo(plain.plainMean ?? 9, 10);
        }
      }),
    );
  });

  it('leaves out and does not count what has weight 0', () => {
    expect(meanCorrelation([1, null, 0.5], { weights: [0, 0, 2] })).toEqual({
      mean: Math.tanh(Math.atanh(0.5)),
      plainMean: 0.5,
      capped: 0,
      n: 1,
      undefinedCount: 0,
    });
    expect(meanCorrelation([0.5], { weights: [0] }).mean).toBeNull();
    expect(() => meanCorrelation([0.5], { weights: [] })).toThrow(
      'meanCorrelation needs one weight for each of 1 values, got 0.',
    );
  });
});
