import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jensenShannon } from '../../../lib/statistics/distances/jensen-shannon.js';
import { wasserstein } from '../../../lib/statistics/distances/wasserstein.js';
import { oracle } from '../agreement-oracle.js';

/** Shares of 2 to 8 options, none of them all 0. */
const shares = (options: number) =>
  fc
    .array(fc.integer({ min: 0, max: 20 }), { minLength: options, maxLength: options })
    .filter((counts) => counts.some((count) => count > 0))
    .map((counts) => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      return counts.map((count) => count / total);
    });

const three = fc
  .integer({ min: 2, max: 8 })
  .chain((options) => fc.record({ p: shares(options), q: shares(options), s: shares(options) }));

const scale = (options: number) => Array.from({ length: options }, (_, k) => (2 * k) / (options - 1) - 1);

describe('wasserstein', () => {
  it.each(oracle.distances)(
    'agrees with scipy: $p against $q',
    ({ positions, p, q, wasserstein: expected }) => {
      expect(wasserstein({ positions, p, q })).toBeCloseTo(expected, 12);
    },
  );

  it('is a distance: 0 for equal shares, the same both ways, and no way round is shorter', () => {
    fc.assert(
      fc.property(three, ({ p, q, s }) => {
        const positions = Object.freeze(scale(p.length));
        const between = (a: readonly number[], b: readonly number[]) =>
          wasserstein({ positions, p: a, q: b });
        expect(between(p, p)).toBe(0);
        expect(between(p, q)).toBeCloseTo(between(q, p), 12);
        expect(between(p, q)).toBeLessThanOrEqual(between(p, s) + between(s, q) + 1e-12);
        expect(between(p, q)).toBeLessThanOrEqual(2 + 1e-12);
      }),
    );
  });

  it('does not depend on the order of options, and grows with the scale', () => {
    fc.assert(
      fc.property(three, ({ p, q }) => {
        const positions = scale(p.length);
        const before = wasserstein({ positions, p, q });
        const turned = wasserstein({
          positions: positions.toReversed(),
          p: p.toReversed(),
          q: q.toReversed(),
        });
        expect(turned).toBeCloseTo(before, 12);
        const wider = wasserstein({ positions: positions.map((place) => 3 * place + 7), p, q });
        expect(wider).toBeCloseTo(3 * before, 11);
      }),
    );
  });

  it('takes options at one place as one', () => {
    expect(wasserstein({ positions: [0, 0, 1], p: [0.5, 0.2, 0.3], q: [0.1, 0.6, 0.3] })).toBeCloseTo(0, 15);
  });

  it('refuses what has no distance', () => {
    expect(() => wasserstein({ positions: [0], p: [0.5, 0.5], q: [1] })).toThrow('samples of equal length');
    expect(() => wasserstein({ positions: [0, Number.NaN], p: [0.5, 0.5], q: [1, 0] })).toThrow(
      'wasserstein needs finite positions, found NaN at place 1.',
    );
  });
});

describe('jensenShannon', () => {
  it.each(oracle.distances)('agrees with scipy: $p against $q', ({ p, q, jensenShannon: expected }) => {
    expect(jensenShannon(p, q)).toBeCloseTo(expected, 12);
  });

  it('is worked out by hand, in bits', () => {
    // Average (3/4, 1/4): (1 log2(4/3) + 1/2 log2(2/3) + 1/2 log2(2)) / 2.
    const expected = (Math.log2(4 / 3) + 0.5 * Math.log2(2 / 3) + 0.5) / 2;
    expect(jensenShannon([1, 0], [0.5, 0.5])).toBeCloseTo(expected, 14);
    expect(jensenShannon([1, 0], [0, 1])).toBe(1);
  });

  it('lies in [0, 1], is 0 for equal shares, and its root is a distance', () => {
    fc.assert(
      fc.property(three, ({ p, q, s }) => {
        const root = (a: readonly number[], b: readonly number[]) => Math.sqrt(jensenShannon(a, b));
        expect(jensenShannon(Object.freeze(p), p)).toBe(0);
        expect(root(p, q)).toBeCloseTo(root(q, p), 12);
        expect(root(p, q)).toBeLessThanOrEqual(root(p, s) + root(s, q) + 1e-9);
        expect(jensenShannon(p, q)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('shares', () => {
  it('may be rounded, and are then made to sum to 1', () => {
    expect(jensenShannon([0.333333, 0.666667], [0.3333, 0.6666])).toBeCloseTo(0, 9);
    expect(wasserstein({ positions: [0, 1], p: [0.4999, 0.4999], q: [0.5, 0.5] })).toBeCloseTo(0, 12);
  });

  it('are refused where they are none', () => {
    expect(() => jensenShannon([0.5, 0.4], [0.5, 0.5])).toThrow(
      'jensenShannon needs shares that sum to 1, got 2 shares with sum 0.9. Divide them by their sum.',
    );
    expect(() => jensenShannon([], [])).toThrow('got 0 shares with sum 0.');
    expect(() => jensenShannon([1.5, -0.5], [0.5, 0.5])).toThrow(
      'jensenShannon needs shares of 0 or more, found -0.5 at place 1.',
    );
    expect(() => jensenShannon([Number.NaN, 1], [0.5, 0.5])).toThrow('found NaN at place 0.');
  });
});
