import { describe, expect, it } from 'vitest';
import { tInterval, twoSidedTailOfT } from '../../lib/statistics/student-t.js';
import { oracle } from './intervals-oracle.js';

describe("Student's t", () => {
  it.each(oracle.studentT)('agrees with scipy for $df degrees of freedom', ({ df, quantile, tail }) => {
    const found = tInterval({ estimate: 2, standardError: 3, df });
    expect(found.level).toBe(0.95);
    expect((found.high - 2) / 3 / quantile).toBeCloseTo(1, 12);
    expect((2 - found.low) / 3 / quantile).toBeCloseTo(1, 12);
    expect(twoSidedTailOfT(2.1, df) / tail).toBeCloseTo(1, 10);
    expect(twoSidedTailOfT(-2.1, df)).toBe(twoSidedTailOfT(2.1, df));
  });

  it('gives a point for a standard error of 0, and certainty at t = 0', () => {
    expect(tInterval({ estimate: 0.5, standardError: 0, df: 3 })).toEqual({
      low: 0.5,
      high: 0.5,
      level: 0.95,
    });
    expect(twoSidedTailOfT(0, 5)).toBe(1);
  });

  it('refuses what gives no interval', () => {
    const good = { estimate: 0, standardError: 1, df: 4 };
    expect(() => tInterval({ ...good, df: 0 })).toThrow('degrees of freedom above 0, got 0, 1 and 0.');
    expect(() => tInterval({ ...good, standardError: Number.NaN })).toThrow('got 0, NaN and 4.');
    expect(() => tInterval({ ...good, estimate: Number.NaN })).toThrow('got NaN, 1 and 4.');
    expect(() => tInterval({ ...good, level: 95 })).toThrow(
      'tInterval needs a confidence level between 0 and 1, got 95. .95 is usual.',
    );
  });
});
