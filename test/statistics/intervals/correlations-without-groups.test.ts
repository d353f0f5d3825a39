import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson, uncentredCorrelation } from '../../../lib/statistics/correlation.js';
import { correlationsWithoutGroups } from '../../../lib/statistics/intervals/correlations-without-groups.js';
import { cellsByColumn, groupingOf } from '../../../lib/statistics/intervals/grouping.js';
import { rowCorrelations } from '../../../lib/statistics/intervals/row-correlations.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';

const CORRELATIONS = [
  { name: 'pearson', correlation: pearson },
  { name: 'uncentred', correlation: uncentredCorrelation },
] as const;

/** Scores as people give them, some equal, some missing, and now and then a row that lies far from 0. */
const cell = fc.option(fc.oneof(fc.constantFrom(0, 0.5, -1), fc.double({ min: -1, max: 1, noNaN: true })), {
  freq: 8,
});
const world = fc.integer({ min: 3, max: 14 }).chain((columns) =>
  fc.record({
    x: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 3, maxLength: 3 }),
    y: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 3, maxLength: 3 }),
    labels: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: columns, maxLength: columns }),
    far: fc.constantFrom(0, 1, 1000),
  }),
);

describe.each(CORRELATIONS)('$name without each group of columns', ({ correlation }) => {
  it('is that of the other cells', () => {
    fc.assert(
      fc.property(world, ({ x: xs, y: ys, labels, far }) => {
        const x = maskedMatrix(xs.map((row) => row.map((value) => (value === null ? null : value + far))));
        const y = maskedMatrix(ys);
        const kept = x.present.map((present, place) => present * (y.present[place] ?? 0));
        const groups = groupingOf(labels);
        const found = correlationsWithoutGroups({ x, y, kept, correlation }, groups);
        const groupOfCell = cellsByColumn(groups, x.rows);
        expect(found).toHaveLength(groups.names.length);
        for (const [group, values] of found.entries()) {
          const others = kept.map((present, place) => (groupOfCell.of[place] === group ? 0 : present));
          const direct = rowCorrelations({ x, y, kept: others, correlation });
          for (const [row, r] of direct.entries()) {
            if (r === null) {
              expect(values[row]).toBeNull();
            } else {
              expect(Math.abs((values[row] ?? 9) - r)).toBeLessThan(1e-9);
            }
          }
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });

  it('is undefined where a row is constant, in all columns or in those that are left', () => {
    const x = maskedMatrix([
      [0.1, 0.1, 0.1, 0.1, 0.1],
      [0.3, 0.3, 0.3, 0.3, -0.9],
    ]);
    const y = maskedMatrix([
      [0, 0.4, 0.2, -0.5, 0.9],
      [0, 0.4, 0.2, -0.5, 0.9],
    ]);
    const groups = groupingOf(['a', 'a', 'a', 'a', 'b']);
    const kept = x.present;
    const [, withoutB] = correlationsWithoutGroups({ x, y, kept, correlation }, groups);
    expect(withoutB?.map((r) => r === null)).toEqual(correlation === pearson ? [true, true] : [false, false]);
  });
});
