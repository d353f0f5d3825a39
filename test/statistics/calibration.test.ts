import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibration } from '../../lib/statistics/calibration.js';
import { oracle } from './agreement-oracle.js';

describe('calibration', () => {
  it.each(oracle.agreement)('agrees with scipy: $name', (entry) => {
    const found = calibration({ observed: entry.x, predicted: entry.y });
    expect(found.n).toBe(entry.x.length);
    if (entry.slope === null || entry.offset === null) {
      expect(found).toMatchObject({ slope: null, offset: null });
      expect(found.reason).not.toBeNull();
    } else {
      expect(found.slope).toBeCloseTo(entry.slope, 12);
      expect(found.offset).toBeCloseTo(entry.offset, 12);
      expect(found.reason).toBeNull();
    }
  });

  it('tells how far predictions are squeezed and shifted', () => {
    const score = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { minLength: 3, maxLength: 20 }), score, score, (observed, a, b) => {
        fc.pre(Math.max(...observed) - Math.min(...observed) > 1e-3);
        const predicted = observed.map((value) => a * value + b);
        const found = calibration({ observed: Object.freeze(observed), predicted: Object.freeze(predicted) });
        expect(found.slope).toBeCloseTo(a, 8);
        expect(found.offset).toBeCloseTo(b, 8);
      }),
    );
  });

  it('is undefined, with the reason, for constant people and for few pairs, not for a constant model', () => {
    expect(calibration({ observed: [2, 2, 2], predicted: [1, 2, 3] })).toEqual({
      slope: null,
      offset: null,
      n: 3,
      reason: 'the observed values are the same for all 3 pairs',
    });
    expect(calibration({ observed: [1, 2], predicted: [1, 2] }).reason).toBe(
      'only 2 pairs of values; a calibration line needs at least 3',
    );
    expect(calibration({ observed: [1, 2, 3], predicted: [0.5, 0.5, 0.5] })).toMatchObject({
      slope: 0,
      offset: 0.5,
    });
  });

  it('refuses samples of different length and values that are not finite', () => {
    expect(() => calibration({ observed: [1], predicted: [1, 2] })).toThrow(
      'calibration needs samples of equal length, got 1 and 2.',
    );
    expect(() => calibration({ observed: [1, 2, 3], predicted: [1, Number.NaN, 2] })).toThrow(
      'needs finite numbers, found NaN at place 1',
    );
  });
});
