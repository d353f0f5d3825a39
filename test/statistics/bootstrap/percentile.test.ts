import { describe, expect, it } from 'vitest';
import { percentileInterval, quantileOfSorted } from '../../../lib/statistics/bootstrap/percentile.js';
import { oracle } from '../intervals-oracle.js';

describe('percentileInterval', () => {
  it.each(oracle.quantiles)('agrees with numpy.quantile ($values.length values)', ({ values, low, high }) => {
    const sample = Float64Array.from(values);
    const found = percentileInterval(sample);
    expect(found.low).toBeCloseTo(low, 12);
    expect(found.high).toBeCloseTo(high, 12);
    expect([...sample]).toEqual(values);
  });

  it('refuses an empty sample, a probability and a level that are none', () => {
    expect(() => percentileInterval(new Float64Array(0))).toThrow('at least one value');
    expect(() => quantileOfSorted([1], 1.5)).toThrow('got 1 values and 1.5.');
    expect(() => percentileInterval(new Float64Array(1), 95)).toThrow('between 0 and 1, got 95.');
  });
});
