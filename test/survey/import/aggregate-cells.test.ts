import { describe, expect, it } from 'vitest';
import { aggregateCells, type Frequency } from '../../../lib/survey/import/aggregate-cells.js';
import { codeRules } from '../../../lib/survey/import/code-rules.js';
import { itemMapPath, loadItemMap } from '../../../lib/survey/import/item-map.js';
import { loadItems } from '../../../lib/survey/items.js';

const { rules } = codeRules(loadItemMap(itemMapPath('wvs7')), loadItems(), { unsure: false });
const rulesOf = (...variables: string[]) => rules.filter(({ variable }) => variables.includes(variable));

function answers(variable: string, counts: readonly (readonly [number, number, number])[]): Frequency[] {
  return counts.map(([code, n, weight]) => ({ country: 'DEU', variable, code, n, weight }));
}

describe('aggregateCells', () => {
  it('computes shares, means and standard deviations, weighted and not', () => {
    // Q57, codes 1 and 2. Unweighted: 3 of 4 and 1 of 4, mean (3 x 1 + 2) / 4 = 1.25, variance 3/16 x 4/3 = 1/4, sd .5.
    // Weighted: weights 2 and 2, shares .5 and .5, mean 1.5, variance 1/4 x 4/3 = 1/3.
    const { shares, means } = aggregateCells(
      answers('Q57', [
        [1, 3, 2],
        [2, 1, 2],
      ]),
      rulesOf('Q57'),
    );
    expect(shares).toEqual([
      { country: 'DEU', variable: 'Q57', code: 1, n: 4, weighted: 0.5, unweighted: 0.75 },
      { country: 'DEU', variable: 'Q57', code: 2, n: 4, weighted: 0.5, unweighted: 0.25 },
    ]);
    expect(means).toHaveLength(1);
    expect(means[0]).toMatchObject({ n: 4, weighted: 1.5, unweighted: 1.25, sdUnweighted: 0.5 });
    expect(means[0]?.sdWeighted).toBeCloseTo(Math.sqrt(1 / 3), 12);
  });

  it('gives a special code a share and keeps it out of the mean', () => {
    // Q111: 1 and 2 are options, 3 is special. Shares of 4 answers; mean over the two that are options.
    const { shares, means } = aggregateCells(
      answers('Q111', [
        [1, 1, 1],
        [2, 1, 1],
        [3, 2, 2],
      ]),
      rulesOf('Q111'),
    );
    expect(shares.map(({ code, unweighted, n }) => [code, unweighted, n])).toEqual([
      [1, 0.25, 4],
      [2, 0.25, 4],
      [3, 0.5, 4],
    ]);
    expect(means[0]).toMatchObject({ unweighted: 1.5, n: 2 });
  });

  it('takes the mean of Q56 over 1 better, 2 the same, 3 worse, and leaves its codes in shares', () => {
    // Codes 1 better, 2 worse, 3 the same: one answer each of worse (3) and same (2): mean 2.5.
    const { shares, means } = aggregateCells(
      answers('Q56', [
        [2, 1, 1],
        [3, 1, 1],
      ]),
      rulesOf('Q56'),
    );
    expect(shares.map(({ code, unweighted }) => [code, unweighted])).toEqual([
      [1, 0],
      [2, 0.5],
      [3, 0.5],
    ]);
    expect(means[0]?.unweighted).toBe(2.5);
  });

  it('counts volunteered answers that are no special codes', () => {
    // Q242 keeps 0 as the lowest answer: (0 + 10) / 2.
    const { means } = aggregateCells(
      answers('Q242', [
        [0, 1, 1],
        [10, 1, 1],
      ]),
      rulesOf('Q242'),
    );
    expect(means[0]).toMatchObject({ unweighted: 5, n: 2 });
  });

  it('has no mean for answers without an order, and no cell where only special codes are', () => {
    expect(aggregateCells(answers('Q42', [[1, 1, 1]]), rulesOf('Q42')).means).toEqual([]);
    expect(aggregateCells(answers('Q111', [[3, 5, 5]]), rulesOf('Q111'))).toEqual({ shares: [], means: [] });
  });

  it('has no weighted value where no weight is left, and no standard deviation of one person', () => {
    const { shares, means } = aggregateCells(answers('Q57', [[1, 1, 0]]), rulesOf('Q57'));
    expect(shares.map(({ weighted }) => weighted)).toEqual([null, null]);
    expect(means[0]).toMatchObject({ weighted: null, sdWeighted: null, unweighted: 1, sdUnweighted: null });
  });
});
