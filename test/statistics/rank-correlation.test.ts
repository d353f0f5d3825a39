import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midranks, spearman } from '../../lib/statistics/rank-correlation.js';
import { oracle } from './agreement-oracle.js';

const score = fc.double({ min: -1, max: 1, noNaN: true });
const pairs = fc.array(fc.record({ x: score, y: score }), { minLength: 3, maxLength: 30 });

describe('midranks', () => {
  it.each(oracle.ranks)('agree with scipy: $values', ({ values, ranks }) => {
    expect([...midranks(values)]).toEqual(ranks);
  });

  it('refuse values that are not finite', () => {
    expect(() => midranks([1, Number.NaN])).toThrow(
      'midranks needs finite numbers, found NaN at place 1. Leave out what is missing.',
    );
  });
});

describe('spearman', () => {
  it.each(oracle.agreement)('agrees with scipy: $name', (entry) => {
    const found = spearman(entry.x, entry.y);
    expect(found.n).toBe(entry.x.length);
    if (entry.spearman === null) {
      expect(found.r).toBeNull();
      expect(found.reason).toMatch(/^only \d pairs|same for all/);
    } else {
      expect(found.r).toBeCloseTo(entry.spearman, 12);
      expect(found.reason).toBeNull();
    }
  });

  it('depends on the order of values alone, not on the order of pairs', () => {
    fc.assert(
      fc.property(pairs, (sample) => {
        const x = sample.map((pair) => pair.x);
        const y = sample.map((pair) => pair.y);
        const { r } = spearman(x, y);
        // The doubles near 1 collapse under exp, so ties would be made; ranks themselves are stretched instead.
        const stretched = [...midranks(x)].map((rank) => rank ** 3);
        expect(spearman(stretched, y).r).toEqual(r);
        const turned = spearman(x.toReversed(), y.toReversed()).r;
        if (r === null) {
          expect(turned).toBeNull();
        } else {
          expect(turned).toBeCloseTo(r, 12);
        }
      }),
    );
  });

  it('refuses samples of different length and leaves its input as it is', () => {
    expect(() => spearman([1], [1, 2])).toThrow('spearman needs samples of equal length, got 1 and 2.');
    const x = Object.freeze([3, 1, 2]);
    expect(spearman(x, Object.freeze([1, 2, 3])).r).toBeCloseTo(-0.5, 12);
    expect(x).toEqual([3, 1, 2]);
  });
});
