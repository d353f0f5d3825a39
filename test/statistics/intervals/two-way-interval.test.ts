import { describe, expect, it } from 'vitest';
import { pearson } from '../../../lib/statistics/correlation.js';
import { meanColumnCorrelationInterval } from '../../../lib/statistics/intervals/mean-column-correlation-interval.js';
import { twoWayInterval } from '../../../lib/statistics/intervals/two-way-interval.js';
import { type MaskedMatrix, maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { oracle } from '../intervals-oracle.js';

const TERMS = { columnGroups: 'batteries', rowGroups: 'zones' };

const first = oracle.twoWay[0] as (typeof oracle.twoWay)[number];

function intervalOfMean(entry: typeof first, values = entry.values.flat()) {
  return twoWayInterval({
    present: new Uint8Array(values.length).fill(1),
    rowGroups: entry.rowGroups,
    columnGroups: entry.columnGroups,
    statistic: (kept) => {
      const chosen = values.filter((_, cell) => kept[cell] === 1);
      return chosen.length === 0 ? null : chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
    },
    terms: TERMS,
  });
}

describe('twoWayInterval', () => {
  it.each(oracle.twoWay)(
    'agrees with the two-way clustered variance of statsmodels ($rowGroups.length rows)',
    (entry) => {
      const found = intervalOfMean(entry);
      expect(found.estimate).toBeCloseTo(entry.estimate, 10);
      expect(found.variance?.rows).toBeCloseTo(entry.rows, 10);
      expect(found.variance?.columns).toBeCloseTo(entry.columns, 10);
      expect((found.standardError ?? 0) ** 2).toBeCloseTo(entry.variance, 10);
      expect(found.interval?.low).toBeCloseTo(entry.low, 10);
      expect(found.interval?.high).toBeCloseTo(entry.high, 10);
      expect(found).toMatchObject({ floored: false, reason: null });
      expect(found.df).toBe(Math.min(found.rowGroups, found.columnGroups) - 1);
    },
  );

  it('never falls below the larger of the two variances, and says so', () => {
    // A chessboard has no variance between rows or between columns, only between cells.
    const board = first.values.flatMap((row, i) =>
      row.map((_, j) => (Math.floor(i / 2) + Math.floor(j / 2)) % 2),
    );
    // With a slope from row to row the plain sum is positive, but still below the variance between rows.
    for (const slope of [0, 0.1]) {
      const found = intervalOfMean(
        first,
        board.map((value, cell) => value + slope * Math.floor(cell / first.columnGroups.length)),
      );
      const { rows = 0, columns = 0, both = 0 } = found.variance ?? {};
      expect(rows + columns - both > 0).toBe(slope > 0);
      expect(rows + columns - both).toBeLessThan(Math.max(rows, columns));
      expect(found.floored).toBe(true);
      expect((found.standardError ?? 9) ** 2).toBeCloseTo(Math.max(rows, columns), 14);
    }
  });

  it('shows the point without an interval for too few groups of either kind', () => {
    const few = { ...first, rowGroups: first.rowGroups.map((_, row) => `z${row % 5}`) };
    expect(intervalOfMean(few)).toMatchObject({
      estimate: expect.closeTo(first.estimate, 10),
      interval: null,
      df: null,
      reason: 'only 5 zones; an interval over zones needs at least 6',
    });
    const narrow = { ...first, columnGroups: first.columnGroups.map((_, column) => `b${column % 2}`) };
    expect(intervalOfMean(narrow).reason).toBe(
      'only 2 batteries; an interval over batteries needs at least 6',
    );
  });

  it('refuses labels of another number', () => {
    expect(() => intervalOfMean({ ...first, rowGroups: ['z0'] })).toThrow(
      'twoWayInterval needs a cell for each of 1 x 14 labels, got 168.',
    );
  });
});

describe('meanColumnCorrelationInterval', () => {
  const x = maskedMatrix(first.values);
  const y = { ...x, values: x.values.map((value, cell) => value + Math.sin(7 * cell)) };
  const labels = { rowGroups: first.rowGroups, columnGroups: first.columnGroups, terms: TERMS };

  it('is the mean of r over columns, each over the rows', () => {
    const found = meanColumnCorrelationInterval({ x, y, ...labels });
    const r = Array.from(
      { length: x.columns },
      (_, column) => pearson(columnOf(x, column), columnOf(y, column)).r,
    );
    expect(found.byColumn).toEqual(r);
    expect(found.estimate).toBeCloseTo(
      r.reduce<number>((sum, value) => sum + (value ?? 0), 0) / r.length,
      12,
    );
    expect(found.interval?.low).toBeLessThan(found.estimate ?? 9);
    expect(found.reason).toBeNull();
  });

  it('leaves out columns without r, as if they were not there', () => {
    const flat = { ...y, values: y.values.map((value, cell) => (cell % x.columns === 3 ? 0.25 : value)) };
    const found = meanColumnCorrelationInterval({ x, y: flat, ...labels });
    expect(found.byColumn[3]).toBeNull();
    const gone = { ...y, present: y.present.map((_, cell) => (cell % x.columns === 3 ? 0 : 1)) };
    const without = meanColumnCorrelationInterval({ x, y: gone, ...labels });
    expect(found).toEqual(without);
    expect(found.reason).toBeNull();
  });

  it('has no interval where a column hangs on one group of rows', () => {
    // Column 0 keeps the two rows of zone 0 and two others.
    const present = x.present.map((_, cell) => (cell % x.columns === 0 && cell >= 4 * x.columns ? 0 : 1));
    const found = meanColumnCorrelationInterval({ x: { ...x, present }, y, ...labels });
    expect(found.estimate).not.toBeNull();
    expect(found).toMatchObject({ interval: null, reason: 'the statistic is undefined without z0' });
  });

  it('is undefined, with the reason, where no column has r', () => {
    const found = meanColumnCorrelationInterval({ x, y: { ...y, values: y.values.map(() => 1) }, ...labels });
    expect(found).toMatchObject({ estimate: null, interval: null, reason: 'the statistic is undefined' });
  });
});

function columnOf(matrix: MaskedMatrix, column: number): number[] {
  return Array.from({ length: matrix.rows }, (_, row) => matrix.values[row * matrix.columns + column] ?? 0);
}
