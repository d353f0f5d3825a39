import { describe, expect, it } from 'vitest';
import { scoresByCategory } from '../../lib/analysis/score-quantiles.js';
import { CATEGORIES, cellsFrom, humanFrom, someCountries, someItems } from './small-world.js';

const countries = someCountries(5);
const items = someItems(2, 1);

describe('mean scores by category', () => {
  it('are quantiles over the cells that people and model both have', () => {
    // Of five values 0, .1, .2, .3, .4 the quantile p lies at place 4p: .05 -> .02, .25 -> .1, .95 -> .38.
    const human = humanFrom(countries, items, [
      [0, null],
      [0.1, 0.5],
      [0.2, null],
      [0.3, null],
      [0.4, null],
    ]);
    const cells = cellsFrom(countries, items, [
      [-0.5, 0.9],
      [-0.5, 0.7],
      [-0.5, 0.9],
      [-0.5, 0.9],
      [-0.5, 0.9],
    ]);
    const [first, second] = scoresByCategory({
      model: 'm',
      cells,
      human,
      items,
      countries,
      categories: CATEGORIES,
    });
    expect(first?.people?.n).toBe(5);
    for (const [place, value] of [0.02, 0.1, 0.2, 0.3, 0.38].entries()) {
      expect(first?.people?.quantiles[place]).toBeCloseTo(value, 12);
    }
    expect(first?.model?.quantiles).toEqual([-0.5, -0.5, -0.5, -0.5, -0.5]);
    // The other countries have no human answer there.
    expect(second).toMatchObject({ people: { n: 1 }, model: { n: 1, quantiles: [0.7, 0.7, 0.7, 0.7, 0.7] } });
  });

  it('are null in a category without a common cell, and absent for one without items', () => {
    const human = humanFrom(
      countries,
      items,
      countries.map(() => [0.5, null]),
    );
    const cells = cellsFrom(
      countries,
      items,
      countries.map(() => [0.5, 0.5]),
    );
    const input = { model: 'm', cells, human, items, countries };
    const found = scoresByCategory({
      ...input,
      categories: [...CATEGORIES, { id: 'other', title: 'Other', group: null }],
    });
    expect(found.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(found[1]).toMatchObject({ people: null, model: null });
  });
});
