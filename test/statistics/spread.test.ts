import { describe, expect, it } from 'vitest';
import { mean, standardDeviation } from '../../lib/statistics/spread.js';
import { oracle } from './statistics-oracle.js';

describe('mean and standardDeviation', () => {
  it.each(oracle.spread)('agree with numpy: $values', (entry) => {
    expect(mean(entry.values)).toBeCloseTo(entry.mean, 12);
    expect(standardDeviation(entry.values)).toBeCloseTo(entry.standardDeviation, 12);
  });

  it('are null where they are undefined', () => {
    expect(mean([])).toBeNull();
    expect(standardDeviation([])).toBeNull();
    expect(standardDeviation([3])).toBeNull();
    expect(standardDeviation([3, 3])).toBe(0);
  });
});
