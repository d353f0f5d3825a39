import { describe, expect, it } from 'vitest';
import { meanAbsoluteError } from '../../lib/statistics/absolute-error.js';
import { oracle } from './agreement-oracle.js';

describe('meanAbsoluteError', () => {
  it.each(oracle.agreement)('agrees with numpy: $name', (entry) => {
    const found = meanAbsoluteError(entry.x, entry.y);
    if (entry.absoluteError === null) {
      expect(found).toEqual({ error: null, n: 0, reason: 'no pair of values' });
    } else {
      expect(found.error).toBeCloseTo(entry.absoluteError, 12);
      expect(found).toMatchObject({ n: entry.x.length, reason: null });
    }
  });

  it('refuses samples of different length and values that are not finite', () => {
    expect(() => meanAbsoluteError([1], [])).toThrow('needs samples of equal length, got 1 and 0.');
    expect(() => meanAbsoluteError([1, Number.NaN], [1, 2])).toThrow(
      'meanAbsoluteError needs finite numbers, found NaN and 2 at place 1.',
    );
  });
});
