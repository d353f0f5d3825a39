import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from '../../lib/statistics/correlation.js';
import { weightedPearson } from '../../lib/statistics/weighted-correlation.js';
import { oracle } from './agreement-oracle.js';

const score = fc.double({ min: -1, max: 1, noNaN: true });
const weighted = fc.array(fc.record({ x: score, y: score, weight: fc.integer({ min: 0, max: 4 }) }), {
  minLength: 3,
  maxLength: 25,
});

describe('weightedPearson', () => {
  it.each(oracle.weighted)('agrees with statsmodels ($x.length pairs)', ({ x, y, weights, r }) => {
    const found = weightedPearson({ x, y, weights });
    expect(found.r).toBeCloseTo(r, 12);
    expect(found.n).toBe(weights.filter((weight) => weight > 0).length);
  });

  it('with whole weights is the correlation of repeated pairs', () => {
    fc.assert(
      fc.property(weighted, (sample) => {
        const repeated = sample.flatMap((pair) => Array.from({ length: pair.weight }, () => pair));
        const x = repeated.map((pair) => pair.x);
        const y = repeated.map((pair) => pair.y);
        // Hardly any spread: whether it counts as constant is then a matter of rounding.
        fc.pre(spreadOf(x) > 1e-3 && spreadOf(y) > 1e-3);
        const found = weightedPearson({
          x: sample.map((pair) => pair.x),
          y: sample.map((pair) => pair.y),
          weights: sample.map((pair) => pair.weight),
        });
        if (found.n < 3) {
          expect(found.r).toBeNull();
        } else {
          expect(found.r).toBeCloseTo(pearson(x, y).r ?? 9, 9);
        }
      }),
    );
  });

  it('with equal weights of any size is the plain correlation', () => {
    fc.assert(
      fc.property(weighted, fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (sample, weight) => {
        const x = Object.freeze(sample.map((pair) => pair.x));
        const y = Object.freeze(sample.map((pair) => pair.y));
        fc.pre(spreadOf(x) > 1e-3 && spreadOf(y) > 1e-3);
        const weights = Object.freeze(x.map(() => weight));
        expect(weightedPearson({ x, y, weights }).r).toBeCloseTo(pearson(x, y).r ?? 9, 9);
      }),
    );
  });

  it('does not overflow, and sees no pair of weight 0', () => {
    const found = weightedPearson({
      x: [1e200, 2e200, 4e200, 9e250],
      y: [1, 2, 4, -7],
      weights: [1e300, 1.5e308, 1e308, 0],
    });
    expect(found.n).toBe(3);
    expect(found.r).toBeCloseTo(1, 9);
  });

  it('is undefined, with the reason', () => {
    const x = [1, 2, 3, 4];
    expect(weightedPearson({ x, y: x, weights: [1, 1, 0, 0] })).toEqual({
      r: null,
      n: 2,
      reason: 'only 2 pairs of values; a correlation needs at least 3',
    });
    expect(weightedPearson({ x: [5, 5, 5, 1], y: x, weights: [1, 2, 3, 0] }).reason).toBe(
      'the values of the first sample are the same for all 3 pairs',
    );
    expect(weightedPearson({ x, y: [0, 0, 0, 0], weights: x }).reason).toBe(
      'the values of the second sample are the same for all 4 pairs',
    );
  });

  it('refuses weights that are none, and values that are missing', () => {
    const x = [1, 2, 3];
    expect(() => weightedPearson({ x, y: x, weights: [1, 2] })).toThrow(
      'weightedPearson needs one weight for each of 3 values, got 2.',
    );
    expect(() => weightedPearson({ x, y: x, weights: [1, -1, 2] })).toThrow(
      'weightedPearson needs weights of 0 or more, found -1 at place 1.',
    );
    expect(() => weightedPearson({ x, y: x, weights: [1, Number.NaN, 2] })).toThrow('found NaN at place 1');
    expect(() => weightedPearson({ x: [1, Number.NaN, 3], y: x, weights: x })).toThrow(
      'weightedPearson needs finite numbers, found NaN at place 1.',
    );
  });
});

function spreadOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
