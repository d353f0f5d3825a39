import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../lib/survey/import/differences.js';

const cell = { country: 'DEU', variable: 'Q1' };
const share = (code: number, unweighted: number, weighted: number | null = null) => ({
  ...cell,
  ...{ code, n: 10, unweighted, weighted },
});
const shippedShare = (code: number, unweighted: number, weighted: number | null = null) => ({
  ...{ ...cell, line: 2, respondents: 10, source: 'spa_v6' },
  ...{ code, unweighted, weighted },
});
const mean = (variable: string, unweighted: number) => ({
  ...{ country: 'DEU', variable, n: 10, weighted: null, sdWeighted: null, sdUnweighted: null, unweighted },
});
const shippedMean = (variable: string, unweighted: number) => ({
  ...{
    country: 'DEU',
    variable,
    line: 2,
    respondents: 10,
    source: 'trend_mean',
    weightSource: '',
    weighted: null,
  },
  unweighted,
});

describe('differencesOf', () => {
  it('names numbers that differ, the largest first, and says nothing of rounding', () => {
    const found = differencesOf(
      { shares: [share(1, 0.5000004, 0.6), share(2, 0.4999996, 0.4)], means: [] },
      { shares: [shippedShare(1, 0.5, 0.7), shippedShare(2, 0.5, 0.35)], means: [] },
    );
    expect(found.cells).toBe(1);
    expect(
      found.rows.map(({ code, weighted, shipped, imported }) => [code, weighted, shipped, imported]),
    ).toEqual([
      [1, true, 0.7, 0.6],
      [2, true, 0.35, 0.4],
    ]);
  });

  it('compares means where no shares ship, and counts cells of one side', () => {
    const found = differencesOf(
      { shares: [share(1, 1)], means: [mean('Q1', 1), mean('Q2', 2), mean('Q3', 3)] },
      {
        shares: [shippedShare(1, 1)],
        means: [shippedMean('Q1', 9), shippedMean('Q2', 2.5), shippedMean('Q4', 1)],
      },
    );
    expect(found.rows).toMatchObject([
      { variable: 'Q2', what: 'mean', code: null, shipped: 2.5, imported: 2 },
    ]);
    expect(found).toMatchObject({ cells: 2, onlyShipped: 1, onlyImported: 1 });
  });
});
