import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from '../../../lib/statistics/correlation.js';
import { meanColumnCorrelationInterval } from '../../../lib/statistics/intervals/mean-column-correlation-interval.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';

const ROWS = 14;
const COLUMNS = 9;
const cell = fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { freq: 12 });
const table = fc.array(fc.array(cell, { minLength: COLUMNS, maxLength: COLUMNS }), {
  minLength: ROWS,
  maxLength: ROWS,
});
const labels = (count: number, of: number) =>
  fc.array(fc.integer({ min: 0, max: of - 1 }).map(String), { minLength: count, maxLength: count });

describe('the mean of r within columns without groups, from sums', () => {
  it('gives the interval of leaving out cells one group after the other', () => {
    let intervals = 0;
    fc.assert(
      fc.property(table, table, labels(ROWS, 7), labels(COLUMNS, 7), (xs, ys, rowGroups, columnGroups) => {
        const input = { x: maskedMatrix(xs), y: maskedMatrix(ys), rowGroups, columnGroups };
        const fast = meanColumnCorrelationInterval(input);
        // Another function than `pearson` itself takes the long way.
        const slow = meanColumnCorrelationInterval({ ...input, correlation: (x, y) => pearson(x, y) });
        expect(fast.reason).toBe(slow.reason);
        expect(fast.estimate).toBe(slow.estimate);
        if (slow.variance === null || fast.variance === null) {
          expect(fast.variance).toBe(slow.variance);
          return;
        }
        intervals += 1;
        for (const part of ['columns', 'rows', 'both'] as const) {
          expect(Math.abs(fast.variance[part] - slow.variance[part])).toBeLessThan(
            1e-9 * (1 + slow.variance[part]),
          );
        }
      }),
      { seed: 2, numRuns: 300 },
    );
    expect(intervals).toBeGreaterThan(30);
  });
});
