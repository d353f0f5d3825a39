import { describe, expect, it } from 'vitest';
import {
  itemMeanCells,
  itemMeansReference,
  NO_CULTURE,
} from '../../lib/analysis/references/item-means-reference.js';
import { loadCategories } from '../../lib/survey/categories.js';
import { loadCountries } from '../../lib/survey/countries.js';
import { selectCountries } from '../../lib/survey/country-selection.js';
import { loadHumanAnswers } from '../../lib/survey/human-answers.js';
import { selectItems } from '../../lib/survey/item-sets.js';
import { loadItems } from '../../lib/survey/items.js';
import { worldOf } from './small-world.js';

describe('itemMeansReference', () => {
  const world = worldOf(
    [
      [0.1, 0.5, -0.3, 0.9],
      [0.3, 0.4, -0.1, null],
      [0.2, 0.9, -0.5, null],
    ],
    [],
  );

  it('answers with the mean over the other countries', () => {
    const cells = itemMeanCells(world);
    expect(cells).toHaveLength(12);
    const score = (country: string, variable: string) =>
      cells.find((cell) => cell.country === country && cell.variable === variable)?.meanScore;
    expect(score('AAA', 'Q1')).toBeCloseTo(0.25, 12);
    expect(score('BBB', 'Q2')).toBeCloseTo(0.7, 12);
    expect(cells.find((cell) => cell.country === 'AAA' && cell.variable === 'Q4')).toMatchObject({
      status: 'unscored',
      meanScore: null,
      reason: 'no other country has a mean score for the item',
    });
  });

  it('has an r but no deviation r and no r within items', () => {
    const found = itemMeansReference(world);
    expect(found.model).toBe('item means');
    // AAA: people .1 .5 -.3 (mean .1), means .25 .65 -.3 (mean .2). Deviations 0 .4 -.4 and .05 .45 -.5:
    // products .18 + .2 = .38, squares .32 and .0025 + .2025 + .25 = .455.
    expect(found.byCountry[0]?.r).toBeCloseTo(0.38 / Math.sqrt(0.32 * 0.455), 12);
    for (const figure of [found.deviation, found.withinItems]) {
      expect(figure).toMatchObject({ mean: null, plainMean: null, n: 0, reason: NO_CULTURE });
    }
    expect(found.withinItems.undefinedCount).toBe(4);
    expect(found.deviation.undefinedCount).toBe(3);
    for (const unit of [...found.byItem, ...found.deviationByCountry]) {
      expect(unit).toMatchObject({ r: null, reason: NO_CULTURE });
    }
    expect(found.optionMass.mean).toBeNull();
  });

  it('reaches on the survey itself what a model without any culture reaches', () => {
    const bank = loadItems();
    const items = selectItems(bank, 'wvs-209');
    const found = itemMeansReference({
      human: loadHumanAnswers(bank, { weights: 'weighted' }),
      items,
      countries: selectCountries(loadCountries(), 'default-55'),
      categories: loadCategories(),
    });
    expect(found.items.used).toBe(205);
    expect(found.overall.n).toBe(55);
    // An earlier computation apart from this code: about .82 to .85, the West about .14 lower.
    expect(found.overall.plainMean).toBeGreaterThan(0.8);
    expect(found.overall.plainMean).toBeLessThan(0.86);
    expect(found.westernLean.lean).toBeGreaterThan(-0.2);
    expect(found.westernLean.lean).toBeLessThan(-0.09);
    expect(found.byCategory).toHaveLength(12);
    expect(found.byGroup).toHaveLength(3);
    expect(found.byContinent).toHaveLength(6);
  });
});
