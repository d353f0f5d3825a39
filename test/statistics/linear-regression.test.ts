import { describe, expect, it } from 'vitest';
import { linearRegression } from '../../lib/statistics/linear-regression.js';
import { slopeOnLog10 } from '../../lib/statistics/log-slope.js';
import { oracle } from './intervals-oracle.js';

describe('linearRegression', () => {
  it.each(oracle.regression)('agrees with statsmodels ($x.length points)', (entry) => {
    const found = linearRegression({ x: entry.x, y: entry.y });
    expect(found.slope).toBeCloseTo(entry.slope, 12);
    expect(found.intercept).toBeCloseTo(entry.intercept, 12);
    expect(found.standardError).toBeCloseTo(entry.standardError, 12);
    expect(found.interval?.low).toBeCloseTo(entry.low, 11);
    expect(found.interval?.high).toBeCloseTo(entry.high, 11);
    expect(found).toMatchObject({ n: entry.x.length, reason: null });
  });

  it('has no interval for two points, and nothing for one or for a constant x', () => {
    expect(linearRegression({ x: [0, 2], y: [1, 5] })).toEqual({
      slope: expect.closeTo(2, 12),
      intercept: expect.closeTo(1, 12),
      standardError: null,
      interval: null,
      n: 2,
      reason: 'only 2 points, which any line fits; an interval needs at least 3',
    });
    const none = { slope: null, intercept: null, standardError: null, interval: null };
    expect(linearRegression({ x: [3], y: [1] })).toEqual({
      ...none,
      n: 1,
      reason: 'only 1 points; a slope needs at least 2',
    });
    expect(linearRegression({ x: [3, 3, 3], y: [1, 2, 3] })).toEqual({
      ...none,
      n: 3,
      reason: 'x is the same for all 3 points, so there is no slope',
    });
  });

  it('gives a perfect line, and a constant y, an interval without width', () => {
    const line = linearRegression({ x: [1, 2, 4], y: [1, 1, 1] });
    expect(line).toMatchObject({ slope: 0, intercept: 1, interval: { low: 0, high: 0 } });
  });
});

describe('slopeOnLog10', () => {
  const entry = oracle.regression.find(({ sizes }) => sizes !== undefined);

  it('agrees with statsmodels on log10', () => {
    const found = slopeOnLog10({ sizes: entry?.sizes ?? [], values: entry?.y ?? [] });
    expect(found.slope).toBeCloseTo(entry?.slope ?? Number.NaN, 12);
    expect(found.interval?.low).toBeCloseTo(entry?.low ?? Number.NaN, 11);
    const wider = slopeOnLog10({ sizes: entry?.sizes ?? [], values: entry?.y ?? [], level: 0.99 });
    expect(wider.interval?.low).toBeLessThan(entry?.low ?? Number.NaN);
  });

  it('is the change for ten times the size', () => {
    expect(slopeOnLog10({ sizes: [1e5, 1e6, 1e7], values: [0.5, 0.6, 0.7] }).slope).toBeCloseTo(0.1, 12);
  });

  it('refuses a size that has no logarithm', () => {
    expect(() => slopeOnLog10({ sizes: [1e5, 0], values: [0.1, 0.2] })).toThrow(
      'slopeOnLog10 needs sizes above 0, found 0 at place 1.',
    );
  });
});
