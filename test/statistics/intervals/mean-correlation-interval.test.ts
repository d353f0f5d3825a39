import { describe, expect, it } from 'vitest';
import { deviationCorrelation, pearson } from '../../../lib/statistics/correlation.js';
import {
  leanInterval,
  pairedDifferenceInterval,
} from '../../../lib/statistics/intervals/difference-intervals.js';
import { meanCorrelationInterval } from '../../../lib/statistics/intervals/mean-correlation-interval.js';
import { type MaskedMatrix, maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { spearman } from '../../../lib/statistics/rank-correlation.js';
import { oracle } from '../intervals-oracle.js';

const TERMS = { rows: 'countries', columnGroups: 'batteries' };

const entry = oracle.headline[1] as (typeof oracle.headline)[number];
const x = maskedMatrix(entry.x);
const y = maskedMatrix(entry.y);
const columnGroups = entry.groups;

/** The matrix with its rows, or its columns, in another order. */
function reordered(matrix: MaskedMatrix, rows: readonly number[], columns: readonly number[]): MaskedMatrix {
  const places = rows.flatMap((row) => columns.map((column) => row * matrix.columns + column));
  return {
    rows: rows.length,
    columns: columns.length,
    values: Float64Array.from(places, (place) => matrix.values[place] ?? 0),
    present: Uint8Array.from(places, (place) => matrix.present[place] ?? 0),
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, place) => place);

describe('meanCorrelationInterval', () => {
  it.each(oracle.headline)('agrees with numpy and scipy ($x.length rows)', (expected) => {
    const found = meanCorrelationInterval({
      x: maskedMatrix(expected.x),
      y: maskedMatrix(expected.y),
      columnGroups: expected.groups,
      terms: TERMS,
    });
    expect(found.z.estimate).toBeCloseTo(expected.z.estimate, 10);
    expect(found.z.interval?.low).toBeCloseTo(expected.z.low, 10);
    expect(found.z.interval?.high).toBeCloseTo(expected.z.high, 10);
    expect(found.mean).toBeCloseTo(expected.r.estimate, 10);
    expect(found.interval?.low).toBeCloseTo(expected.r.low, 10);
    expect(found.interval?.high).toBeCloseTo(expected.r.high, 10);
    expect(found.z.groups).toBe(new Set(expected.groups).size);
    expect(found).toMatchObject({ capped: 0, reason: null });
    expect(found.z.scope).toBe(expected.rowsFixed ? 'columns' : 'columns-and-rows');
    expect(found.z.whyRowsFixed).toBe(
      expected.rowsFixed
        ? 'only 3 countries; fewer than 8 say little about others, so the interval is about these'
        : null,
    );
    expect(found.z.variance?.rows === null).toBe(expected.rowsFixed);
  });

  it('does not depend on the order of rows and columns, nor on the scale of a row', () => {
    const before = meanCorrelationInterval({ x, y, columnGroups });
    const rows = upTo(x.rows).toReversed();
    const columns = [...upTo(x.columns).slice(7), ...upTo(7)];
    const moved = meanCorrelationInterval({
      x: reordered(x, rows, columns),
      y: reordered(y, rows, columns),
      columnGroups: columns.map((column) => columnGroups[column] ?? ''),
    });
    expect(moved.interval?.low).toBeCloseTo(before.interval?.low ?? 9, 10);
    expect(moved.interval?.high).toBeCloseTo(before.interval?.high ?? 9, 10);
    const scaled = {
      ...y,
      values: y.values.map((value, cell) => (1 + Math.floor(cell / y.columns)) * value - 3),
    };
    const affine = meanCorrelationInterval({ x, y: scaled, columnGroups });
    expect(affine.interval?.low).toBeCloseTo(before.interval?.low ?? 9, 10);
  });

  it('reads each row over the columns that both have', () => {
    const { a, b } = rowPairs(2);
    expect(a.length).toBeLessThan(x.columns);
    expect(meanCorrelationInterval({ x, y, columnGroups }).byRow[2]).toBe(pearson(a, b).r);
  });

  it('leaves its input as it is, and never reads a missing cell', () => {
    const values = y.values.map((value, cell) => (y.present[cell] === 1 ? value : Number.NaN));
    const copies = { values: values.slice(), present: y.present.slice() };
    const found = meanCorrelationInterval({
      x,
      y: { ...y, values },
      columnGroups: Object.freeze([...columnGroups]),
    });
    expect(found.mean).toBeCloseTo(entry.r.estimate, 10);
    expect(values).toEqual(copies.values);
    expect(y.present).toEqual(copies.present);
  });

  it('takes another measure of agreement', () => {
    const ranks = meanCorrelationInterval({ x, y, columnGroups, correlation: spearman });
    expect(ranks.mean).not.toBeCloseTo(entry.r.estimate, 3);
    const { a, b } = rowPairs(0);
    expect(ranks.byRow[0]).toBe(spearman(a, b).r);
  });

  it('counts rows without r, and gives the rest an interval', () => {
    const flat = { ...y, values: y.values.map((value, cell) => (cell < y.columns ? 0.5 : value)) };
    const found = meanCorrelationInterval({ x, y: flat, columnGroups });
    expect(found.byRow[0]).toBeNull();
    expect(found.z).toMatchObject({ rows: x.rows - 1, undefinedRows: 1, reason: null });
    const others = upTo(x.rows).slice(1);
    const without = meanCorrelationInterval({
      x: reordered(x, others, upTo(x.columns)),
      y: reordered(y, others, upTo(x.columns)),
      columnGroups,
    });
    expect(found.interval).toEqual(without.interval);
  });

  it('counts what it caps', () => {
    const found = meanCorrelationInterval({ x, y: x, columnGroups });
    expect(found).toMatchObject({ capped: x.rows, reason: null });
    expect(found.mean).toBeCloseTo(0.999, 12);
    expect(found.z.standardError).toBeLessThan(1e-12);
  });

  it('shows the point without an interval, with reason and number, for too few groups', () => {
    const five = columnGroups.map((_, column) => `b${column % 5}`);
    const found = meanCorrelationInterval({ x, y, columnGroups: five, terms: TERMS });
    expect(found.mean).toBeCloseTo(entry.r.estimate, 10);
    expect(found).toMatchObject({
      interval: null,
      reason: 'only 5 batteries; an interval over batteries needs at least 6',
    });
    expect(found.z).toMatchObject({ groups: 5, scope: null, variance: null, standardError: null });
    const six = columnGroups.map((_, column) => `b${column % 6}`);
    expect(meanCorrelationInterval({ x, y, columnGroups: six }).interval).not.toBeNull();
  });

  it('has no interval where a row hangs on one group', () => {
    // Row 0 keeps four cells, three of them in the first group.
    const first = columnGroups[0];
    const inFirst = upTo(x.columns).filter((column) => columnGroups[column] === first);
    const kept = new Set([...inFirst.slice(0, 3), x.columns - 1]);
    const thin = Uint8Array.from(x.present, (present, cell) =>
      cell < x.columns ? (kept.has(cell) ? 1 : 0) : present,
    );
    const full = {
      ...x,
      values: x.values.map((value, cell) => (x.present[cell] === 1 ? value : cell / 100)),
    };
    const found = meanCorrelationInterval({ x: { ...full, present: thin }, y, columnGroups });
    expect(found.byRow[0]).not.toBeNull();
    expect(found).toMatchObject({ interval: null, reason: `the statistic is undefined without ${first}` });
  });

  it('is undefined, with the reason, where no row has r', () => {
    const flat = { ...y, values: y.values.map(() => 1) };
    expect(meanCorrelationInterval({ x, y: flat, columnGroups, terms: TERMS })).toMatchObject({
      mean: null,
      interval: null,
      reason: 'undefined for all countries',
    });
  });

  it('refuses other shapes, labels and levels', () => {
    const narrow = maskedMatrix([[1, 2, 3]]);
    expect(() => meanCorrelationInterval({ x, y: narrow, columnGroups })).toThrow(
      'Matrices that are compared need the same shape, got 18 x 40 and 1 x 3.',
    );
    expect(() => meanCorrelationInterval({ x, y, columnGroups: ['a'] })).toThrow(
      'Grouping columns: expected one group for each of 40, got 1.',
    );
    expect(() => meanCorrelationInterval({ x, y, columnGroups, level: 1 })).toThrow(
      'needs a confidence level between 0 and 1, got 1.',
    );
  });
});

describe('deviation r as a row statistic', () => {
  it('does not depend on which way round items are scored', () => {
    const zeros = (count: number) => new Float64Array(count);
    const uncentred = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      deviationCorrelation({ x: a, y: b, reference: zeros(a.length) });
    const turned = (matrix: MaskedMatrix) => ({
      ...matrix,
      values: matrix.values.map((value, cell) => ((cell % matrix.columns) % 3 === 0 ? -value : value)),
    });
    const settings = { columnGroups, correlation: uncentred };
    const before = meanCorrelationInterval({ x, y, ...settings });
    const after = meanCorrelationInterval({ x: turned(x), y: turned(y), ...settings });
    expect(after).toEqual(before);
    // Pearson's r does.
    const plain = meanCorrelationInterval({ x, y, columnGroups });
    expect(meanCorrelationInterval({ x: turned(x), y: turned(y), columnGroups }).mean).not.toBeCloseTo(
      plain.mean ?? 9,
      4,
    );
  });
});

describe('pairedDifferenceInterval and leanInterval', () => {
  it.each(oracle.headline)('agree with numpy and scipy ($x.length rows)', (expected) => {
    const matrices = { x: maskedMatrix(expected.x), y: maskedMatrix(expected.y) };
    const other = maskedMatrix(expected.other);
    const difference = pairedDifferenceInterval({ ...matrices, other, columnGroups: expected.groups });
    expect(difference.estimate).toBeCloseTo(expected.difference.estimate, 10);
    expect(difference.interval?.low).toBeCloseTo(expected.difference.low, 10);
    expect(difference.interval?.high).toBeCloseTo(expected.difference.high, 10);
    const lean = leanInterval({
      ...matrices,
      firstPart: expected.firstPart,
      columnGroups: expected.groups,
      terms: TERMS,
    });
    expect(lean.estimate).toBeCloseTo(expected.lean.estimate, 10);
    expect(lean.interval?.low).toBeCloseTo(expected.lean.low, 10);
    expect(lean.interval?.high).toBeCloseTo(expected.lean.high, 10);
    expect(lean.scope).toBe(expected.leanRowsFixed ? 'columns' : 'columns-and-rows');
  });

  it('are 0 without width for a model beside itself', () => {
    const found = pairedDifferenceInterval({ x, y, other: y, columnGroups });
    expect(found).toMatchObject({ estimate: 0, interval: { low: 0, high: 0 } });
    const lean = leanInterval({ x, y, other: y, firstPart: entry.firstPart, columnGroups });
    expect(lean).toMatchObject({ estimate: 0, interval: { low: 0, high: 0 } });
  });

  it('subtract one lean from another', () => {
    const other = maskedMatrix(entry.other);
    const full = (matrix: MaskedMatrix) => ({
      ...matrix,
      present: x.present.map(
        (present, cell) => present & (y.present[cell] ?? 0) & (other.present[cell] ?? 0),
      ),
    });
    const settings = { x: full(x), firstPart: entry.firstPart, columnGroups };
    const both = leanInterval({ ...settings, y, other }).estimate ?? 9;
    const first = leanInterval({ ...settings, y }).estimate ?? 9;
    const second = leanInterval({ ...settings, y: other }).estimate ?? 9;
    expect(both).toBeCloseTo(first - second, 12);
  });

  it('say which part has no row', () => {
    const found = leanInterval({ x, y, firstPart: upTo(x.rows).map(() => true), columnGroups, terms: TERMS });
    expect(found).toMatchObject({
      estimate: null,
      interval: null,
      reason: 'undefined for all countries in one of the two parts',
    });
    expect(() => leanInterval({ x, y, firstPart: [true], columnGroups })).toThrow(
      'a mark for each of 18 rows if any, got 720 cells and 1 marks.',
    );
  });
});

/** The values of a row where both have one. */
function rowPairs(row: number): { a: number[]; b: number[] } {
  const cells = upTo(x.columns)
    .map((column) => row * x.columns + column)
    .filter((cell) => x.present[cell] === 1 && y.present[cell] === 1);
  return { a: cells.map((cell) => x.values[cell] ?? 0), b: cells.map((cell) => y.values[cell] ?? 0) };
}
