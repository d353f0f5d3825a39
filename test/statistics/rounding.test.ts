import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { welch } from '../../lib/statistics/hypothesis-tests/welch.js';
import { standardDeviation } from '../../lib/statistics/spread.js';

describe('values that are the same', () => {
  it('have no deviation, though their mean in float64 is another number', () => {
    // (.1 + .1 + .1) / 3 is .10000000000000002.
    expect(standardDeviation([0.1, 0.1, 0.1])).toBe(0);
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, fc.integer({ min: 2, max: 300 }), (same, count) => {
        expect(standardDeviation(Array.from({ length: count }, () => same))).toBe(0);
      }),
      { seed: 20250607 },
    );
  });

  it('give no t test: rounding says nothing about how far means vary', () => {
    const found = welch({ first: [0.1, 0.1, 0.1], second: [0.2, 0.2, 0.2] });
    expect(found).toMatchObject({ t: null, p: null, df: null, interval: null });
    expect(found.difference).toBeCloseTo(-0.1, 15);
    expect(found.reason).toBe('both samples are constant, so nothing tells how far means vary');
  });

  it('are told from values that differ a little', () => {
    expect(standardDeviation([1, 1 + 1e-9])).toBeCloseTo(1e-9 / Math.SQRT2, 15);
    expect(welch({ first: [1, 1 + 1e-9], second: [1, 1 + 1e-9] }).p).toBe(1);
  });
});
