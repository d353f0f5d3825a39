import { describe, expect, it } from 'vitest';
import { jointDf, rowVariance } from '../../../lib/statistics/intervals/row-variance.js';
import { createRandom } from '../../../lib/statistics/random.js';
import { standardDeviation } from '../../../lib/statistics/spread.js';

const ROWS = 24;
const GROUPS = 8;
const rows = Array.from({ length: ROWS }, (_, row) => row);
const labels = rows.map((row) => String(row % GROUPS));
const random = createRandom(6);
const ofGroup = Array.from({ length: GROUPS }, () => random.uniform());
const alike = rows.map((row) => ofGroup[row % GROUPS] ?? 0);

describe('how much a mean over rows varies', () => {
  it('is the variance between rows over their number where rows have no groups', () => {
    const deviation = standardDeviation(alike) ?? 9;
    expect(rowVariance(alike, [rows])).toEqual({ variance: deviation ** 2 / ROWS, groups: null });
  });

  it('is that of a mean of groups where all rows of a group are the same', () => {
    const deviation = standardDeviation(ofGroup) ?? 9;
    const { variance, groups } = rowVariance(alike, [rows], labels);
    expect(groups).toBe(GROUPS);
    expect(variance).toBeCloseTo(deviation ** 2 / GROUPS, 12);
  });

  it('counts rows one by one where those of a group are more different than others', () => {
    // Each group holds one high, one middle and one low row: its mean never moves.
    const balanced = rows.map((row) => Math.floor(row / GROUPS) - 1);
    expect(rowVariance(balanced, [rows], labels).groups).toBeNull();
  });

  it('counts rows one by one with fewer than six groups, and where one of two parts is a whole group', () => {
    expect(
      rowVariance(
        alike,
        [rows],
        rows.map((row) => String(row % 5)),
      ).groups,
    ).toBeNull();
    const inFirst = rows.filter((row) => labels[row] === '0');
    const others = rows.filter((row) => labels[row] !== '0');
    expect(rowVariance(alike, [inFirst, others], labels).groups).toBeNull();
  });

  it('has few degrees of freedom where groups of rows matter most, and many where columns do', () => {
    const columns = { columns: 1, groups: 60 };
    expect(jointDf(columns, { variance: 1e-9, groups: 8 })).toBeCloseTo(59, 3);
    expect(jointDf(columns, { variance: 1e9, groups: 8 })).toBeCloseTo(7, 3);
    expect(jointDf(columns, { variance: 1, groups: 8 })).toBeCloseTo(4 / (1 / 59 + 1 / 7), 12);
  });
});
