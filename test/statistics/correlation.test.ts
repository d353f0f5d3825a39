import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviationCorrelation, pearson, uncentredCorrelation } from '../../lib/statistics/correlation.js';
import { oracle } from './statistics-oracle.js';

const score = fc.double({ min: -1, max: 1, noNaN: true });
const pairs = fc.array(fc.tuple(score, score), { minLength: 3, maxLength: 40 });

describe('pearson', () => {
  it('has cases with ties, constants and two pairs to be checked against', () => {
    expect(oracle.versions.scipy).toMatch(/^\d+\.\d+/);
    expect(oracle.pearson.filter((entry) => entry.r !== null)).toHaveLength(6);
    expect(oracle.pearson.filter((entry) => entry.r === null)).toHaveLength(3);
  });

  it.each(oracle.pearson)('agrees with scipy: $name', ({ x, y, r }) => {
    const found = pearson(x, y);
    expect(found.n).toBe(x.length);
    if (r === null) {
      expect(found.r).toBeNull();
    } else {
      expect(found.r).toBeCloseTo(r, 12);
      expect(found.reason).toBeNull();
    }
  });

  it('says why it is undefined', () => {
    expect(pearson([1, 2], [3, 5])).toEqual({
      r: null,
      n: 2,
      reason: 'only 2 pairs of values; a correlation needs at least 3',
    });
    expect(pearson([], []).reason).toBe('only 0 pairs of values; a correlation needs at least 3');
    expect(pearson([2, 2, 2, 2], [1, 2, 3, 4]).reason).toBe(
      'the values of the first sample are the same for all 4 pairs',
    );
    expect(pearson([1, 2, 3], [0, 0, 0]).reason).toBe(
      'the values of the second sample are the same for all 3 pairs',
    );
    expect(pearson([2, 2, 2], [5, 5, 5]).reason).toBe(
      'the values of both samples are each the same for all 3 pairs',
    );
  });

  it('takes what differs by rounding alone as constant', () => {
    // .1 + .2 and .3 differ in the last bit; correlating that bit with anything would be noise.
    expect(pearson([0.1 + 0.2, 0.3, 0.3], [1, 2, 3]).r).toBeNull();
  });

  it('does not overflow where squares would', () => {
    expect(pearson([1e200, 2e200, 4e200], [1, 2, 4]).r).toBeCloseTo(1, 12);
  });

  it('does not depend on order, shift and scale, and is symmetric', () => {
    fc.assert(
      fc.property(pairs, (sample) => {
        const x = sample.map(([a]) => a);
        const y = sample.map(([, b]) => b);
        const r = pearson(x, y).r;
        // Hardly any spread at all: whether it counts as constant may change with the shift.
        fc.pre(Math.max(...x) - Math.min(...x) > 1e-3 && Math.max(...y) - Math.min(...y) > 1e-3);
        expect(r).not.toBeNull();
        expect(Math.abs(r ?? 2)).toBeLessThanOrEqual(1);
        expect(pearson(y, x).r).toBeCloseTo(r ?? 2, 10);
        expect(pearson(x.toReversed(), y.toReversed()).r).toBeCloseTo(r ?? 2, 10);
        expect(
          pearson(
            x.map((value) => 3 * value + 7),
            y,
          ).r,
        ).toBeCloseTo(r ?? 2, 8);
        expect(
          pearson(
            x,
            y.map((value) => -value),
          ).r,
        ).toBeCloseTo(-(r ?? 2), 10);
      }),
    );
  });

  it('refuses samples of different length and values that are not finite', () => {
    expect(() => pearson([1, 2, 3], [1, 2])).toThrow('pearson needs samples of equal length, got 3 and 2.');
    expect(() => pearson([1, Number.NaN, 3], [1, 2, 3])).toThrow(
      'pearson needs finite numbers, found NaN at place 1. Leave out what is missing.',
    );
    expect(() => pearson([1, 2, 3], [1, 2, Number.POSITIVE_INFINITY])).toThrow('found Infinity at place 2');
  });
});

describe('deviationCorrelation', () => {
  it.each(oracle.deviation)(
    'agrees with the cosine of scipy ($x.length values)',
    ({ x, y, reference, r }) => {
      expect(deviationCorrelation({ x, y, reference }).r).toBeCloseTo(r, 12);
    },
  );

  it('is worked out by hand', () => {
    // Deviations (1, 0, 2) and (2, 1, 2): products 2 + 0 + 4 = 6, squares 5 and 9, so r = 6 / sqrt(45).
    const found = deviationCorrelation({ x: [2, 1, 3], y: [3, 2, 3], reference: [1, 1, 1] });
    expect(found.r).toBeCloseTo(6 / Math.sqrt(45), 14);
    expect(found.n).toBe(3);
  });

  it('does not depend on which way round an item is scored', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, score, score, fc.boolean()), { minLength: 3, maxLength: 20 }),
        (items) => {
          const turned = items.map(([x, y, m, turn]) => (turn ? [-x, -y, -m] : [x, y, m]));
          const column = (rows: readonly (readonly unknown[])[], k: number) =>
            rows.map((row) => Number(row[k]));
          const before = deviationCorrelation({
            x: column(items, 0),
            y: column(items, 1),
            reference: column(items, 2),
          });
          const after = deviationCorrelation({
            x: column(turned, 0),
            y: column(turned, 1),
            reference: column(turned, 2),
          });
          expect(after).toEqual(before);
        },
      ),
    );
  });

  it('is undefined, with the reason, without deviations or with too few', () => {
    const reference = [0.1, 0.2, 0.3];
    expect(deviationCorrelation({ x: [1, 2, 3], y: reference, reference })).toEqual({
      r: null,
      n: 3,
      reason: 'the second sample equals the reference for all 3 pairs',
    });
    expect(deviationCorrelation({ x: reference, y: [1, 2, 3], reference }).reason).toBe(
      'the first sample equals the reference for all 3 pairs',
    );
    expect(deviationCorrelation({ x: [1], y: [2], reference: [3] }).reason).toBe(
      'only 1 pairs of values; a correlation needs at least 3',
    );
  });

  it('refuses samples of different length and values that are not finite', () => {
    expect(() => deviationCorrelation({ x: [1], y: [1], reference: [1, 2] })).toThrow(
      'deviationCorrelation needs samples of equal length, got 1 and 2.',
    );
    expect(() => deviationCorrelation({ x: [1, 2, 3], y: [1, 2, 3], reference: [1, Number.NaN, 3] })).toThrow(
      'deviationCorrelation needs finite numbers, found 2 with reference NaN at place 1.',
    );
  });
});

describe('uncentredCorrelation', () => {
  it('is deviation r from a reference of 0', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 3, maxLength: 30 }), (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const expected = deviationCorrelation({ x, y, reference: x.map(() => 0) });
        const found = uncentredCorrelation(x, y);
        expect(found.n).toBe(expected.n);
        expect(found.r === null).toBe(expected.r === null);
        expect(Math.abs((found.r ?? 0) - (expected.r ?? 0))).toBeLessThan(1e-12);
      }),
      { seed: 8, numRuns: 1000 },
    );
  });

  it('is undefined for fewer than three values and for zeros, and says so', () => {
    expect(uncentredCorrelation([1, 2], [1, 2]).reason).toContain('only 2 pairs');
    expect(uncentredCorrelation([1, 2, 3], [0, 0, 0])).toEqual({
      ...{ r: null, n: 3, reason: 'all values of the second sample are 0' },
    });
    expect(() => uncentredCorrelation([1, 2, Number.NaN], [1, 2, 3])).toThrow(
      'uncentredCorrelation needs finite numbers, found NaN at place 2.',
    );
  });

  it('stays right for values whose squares would under- or overflow', () => {
    const x = [1, -2, 3];
    for (const scale of [1e-200, 1e200]) {
      const scaled = x.map((value) => value * scale);
      expect(uncentredCorrelation(scaled, x).r).toBeCloseTo(1, 12);
    }
  });
});
