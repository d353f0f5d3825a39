import { describe, expect, it } from 'vitest';
import { itemMeansOfAllCountries, itemMeansOfOtherCountries } from '../../lib/analysis/item-means.js';

const rows = [
  [0.1, 0.4, null, 0.9],
  [0.3, null, null, null],
  [0.8, 0.2, null, null],
].map((row) => row.map((human) => ({ human })));

describe('item means', () => {
  it('of the other countries leave the own one out', () => {
    const means = itemMeansOfOtherCountries(rows);
    // Q1: (.3 + .8) / 2, (.1 + .8) / 2, (.1 + .3) / 2. Q2: .2; (.4 + .2) / 2 for the country without an answer; .4.
    expect(means.map((row) => row[0])).toEqual([
      expect.closeTo(0.55, 12),
      expect.closeTo(0.45, 12),
      expect.closeTo(0.2, 12),
    ]);
    expect(means.map((row) => row[1])).toEqual([
      expect.closeTo(0.2, 12),
      expect.closeTo(0.3, 12),
      expect.closeTo(0.4, 12),
    ]);
  });

  it('are null where no other country has an answer', () => {
    const means = itemMeansOfOtherCountries(rows);
    expect(means.map((row) => row[2])).toEqual([null, null, null]);
    // Only the first country answered Q4.
    expect(means.map((row) => row[3])).toEqual([null, 0.9, 0.9]);
  });

  it('of all countries take every answer', () => {
    expect(itemMeansOfAllCountries(rows)).toEqual([
      expect.closeTo(0.4, 12),
      expect.closeTo(0.3, 12),
      null,
      0.9,
    ]);
    expect(itemMeansOfAllCountries([])).toEqual([]);
  });
});
