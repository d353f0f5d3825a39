import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, holm } from '../../../lib/statistics/hypothesis-tests/multiple-testing.js';
import { oracle } from '../intervals-oracle.js';

describe('holm and benjaminiHochberg', () => {
  it.each(oracle.adjustment)('agree with statsmodels: $p', (entry) => {
    const strict = holm(entry.p);
    const lenient = benjaminiHochberg(entry.p);
    for (const [place, p] of entry.holm.entries()) {
      expect(strict[place]).toBeCloseTo(p, 12);
      expect(lenient[place]).toBeCloseTo(entry.benjaminiHochberg[place] ?? 9, 12);
    }
  });

  it('leave what is undefined undefined, and do not count it', () => {
    expect(holm([0.01, null, 0.04])).toEqual([0.02, null, 0.04]);
    expect(benjaminiHochberg([null, 0.01, 0.04])).toEqual([null, 0.02, 0.04]);
    expect(holm([])).toEqual([]);
    expect(benjaminiHochberg([null])).toEqual([null]);
  });

  it('never lower a p, and Holm is never below Benjamini-Hochberg', () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(p, (values) => {
        const strict = holm(Object.freeze(values));
        const lenient = benjaminiHochberg(values);
        for (const [place, value] of values.entries()) {
          // Multiplying and dividing by the same number may cost the last bit.
          expect((lenient[place] ?? -1) * (1 + 1e-15)).toBeGreaterThanOrEqual(value);
          expect((strict[place] ?? -1) * (1 + 1e-15)).toBeGreaterThanOrEqual(lenient[place] ?? 2);
          expect(strict[place]).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('refuse what is no probability', () => {
    expect(() => holm([0.2, 1.2])).toThrow('expected numbers from 0 to 1 or null, found 1.2 at place 1.');
    expect(() => benjaminiHochberg([Number.NaN])).toThrow('found NaN at place 0.');
  });
});
