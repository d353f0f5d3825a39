import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concordance } from '../../lib/statistics/concordance.js';
import { pearson } from '../../lib/statistics/correlation.js';
import { oracle } from './agreement-oracle.js';

const score = fc.double({ min: -1, max: 1, noNaN: true });
const pairs = fc.array(fc.record({ x: score, y: score }), { minLength: 3, maxLength: 30 });

describe('concordance', () => {
  it.each(oracle.agreement)('agrees with the definition in numpy: $name', (entry) => {
    const found = concordance(entry.x, entry.y);
    if (entry.concordance === null) {
      expect(found.r).toBeNull();
    } else {
      expect(found.r).toBeCloseTo(entry.concordance, 12);
    }
  });

  it('is worked out by hand', () => {
    // Means 2 and 3, squares about them 2 and 2, products 2; n (2 - 3)^2 = 3: 2 * 2 / (2 + 2 + 3).
    expect(concordance([1, 2, 3], [2, 3, 4]).r).toBeCloseTo(4 / 7, 14);
  });

  it('never exceeds |r|, and falls where r cannot see a change', () => {
    fc.assert(
      fc.property(pairs, (sample) => {
        const x = Object.freeze(sample.map((pair) => pair.x));
        const y = Object.freeze(sample.map((pair) => pair.y));
        const { r } = pearson(x, y);
        fc.pre(r !== null);
        expect(Math.abs(concordance(x, y).r ?? 9)).toBeLessThanOrEqual(Math.abs(r ?? 0) + 1e-12);
        expect(concordance(y, x).r).toBeCloseTo(concordance(x, y).r ?? 9, 12);
      }),
    );
    const x = [-0.9, -0.2, 0.4, 0.8];
    const squeezed = x.map((value) => value / 20);
    expect(pearson(x, squeezed).r).toBeCloseTo(1, 12);
    // 2 c / (1 + c^2) with c = 1 / 20, less what the shift of the mean takes.
    expect(concordance(x, squeezed).r).toBeLessThan(0.1);
  });

  it('is 0 for one constant side, and undefined, with the reason, for two', () => {
    expect(concordance([2, 2, 2], [1, 2, 3])).toEqual({ r: 0, n: 3, reason: null });
    expect(concordance([2, 2, 2], [2, 2, 2])).toEqual({
      r: null,
      n: 3,
      reason: 'the values of both samples are each the same for all 3 pairs',
    });
    expect(concordance([1, 2], [3, 4]).reason).toBe('only 2 pairs of values; a correlation needs at least 3');
  });

  it('refuses samples of different length and values that are not finite', () => {
    expect(() => concordance([1], [])).toThrow('concordance needs samples of equal length, got 1 and 0.');
    expect(() => concordance([1, 2, Number.NaN], [1, 2, 3])).toThrow('concordance needs finite numbers');
  });
});
