import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from '../../lib/statistics/correlation.js';
import { partialCorrelation } from '../../lib/statistics/partial-correlation.js';

const score = fc.double({ min: -1, max: 1, noNaN: true });

describe('partialCorrelation', () => {
  it('is what the three correlations say it is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score, score), { minLength: 6, maxLength: 30 }), (triples) => {
        const [x, y, control] = [0, 1, 2].map((k) => triples.map((triple) => triple[k] ?? 0)) as [
          number[],
          number[],
          number[],
        ];
        const [xy, xz, yz] = [pearson(x, y).r, pearson(x, control).r, pearson(y, control).r];
        fc.pre(xy !== null && xz !== null && yz !== null && Math.abs(xz) < 0.99 && Math.abs(yz) < 0.99);
        const expected =
          ((xy ?? 9) - (xz ?? 9) * (yz ?? 9)) / Math.sqrt((1 - (xz ?? 9) ** 2) * (1 - (yz ?? 9) ** 2));
        expect(Math.abs((partialCorrelation({ x, y, control }).r ?? 9) - expected)).toBeLessThan(1e-9);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('is undefined for too few pairs, a constant control, and a side that lies on a line of the control', () => {
    const x = [0.1, 0.4, 0.2, 0.9];
    expect(partialCorrelation({ x: [1, 2, 3], y: [1, 3, 2], control: [3, 1, 2] }).reason).toContain(
      'only 3 pairs',
    );
    expect(partialCorrelation({ x, y: x, control: [0.1, 0.1, 0.1, 0.1] })).toMatchObject({
      ...{ r: null, reason: 'the control is the same for all 4 pairs' },
    });
    const line = x.map((value) => 0.3 - 0.2 * value);
    expect(partialCorrelation({ x: line, y: [1, 0, 1, 0], control: x }).r).toBeNull();
  });
});
