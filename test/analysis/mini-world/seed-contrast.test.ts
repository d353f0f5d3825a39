import { describe, expect, it } from 'vitest';
import { withHolm } from '../../../lib/analysis/mini-world/factors/factor-tests.js';
import { PLAIN } from '../../../lib/analysis/mini-world/figure-table.js';
import { seedContrast } from '../../../lib/analysis/mini-world/seed-contrast.js';
import { seedTrend } from '../../../lib/analysis/mini-world/seed-trend.js';
import { meanOverSeeds, type SeedValues } from '../../../lib/analysis/mini-world/seed-values.js';
import { welch } from '../../../lib/statistics/hypothesis-tests/welch.js';

const seeds = (recipe: string, values: readonly number[], planned = values.length): SeedValues => ({
  recipe,
  measure: { ...PLAIN, figure: 'r', cells: 'seen', with: 'people' },
  ...{ seeds: values.map((_, turn) => turn + 1), values, planned },
  ...meanOverSeeds(values),
  reason: values.length < planned ? `${values.length} of ${planned} trainings of ${recipe} are there` : null,
});

describe('a figure over seeds', () => {
  it("has the interval of Student's t", () => {
    // Mean 2, standard deviation 1, t of 2 degrees of freedom 4.302653: 2 +- 4.302653 / sqrt(3).
    const { mean, standardDeviation, interval } = meanOverSeeds([1, 2, 3]);
    expect([mean, standardDeviation]).toEqual([2, 1]);
    expect(interval.low).toBeCloseTo(2 - 2.4841377, 6);
    expect(interval.high).toBeCloseTo(2 + 2.4841377, 6);
  });

  it('has none of one seed, and no mean without any', () => {
    expect(meanOverSeeds([1])).toEqual({
      mean: 1,
      standardDeviation: null,
      interval: { low: null, high: null },
    });
    expect(meanOverSeeds([]).mean).toBeNull();
  });
});

describe('two recipes with their seeds as the unit', () => {
  it('differ as second minus first, by Welch and by every split of the seeds', () => {
    const found = seedContrast('about', seeds('a', [1, 2, 3]), seeds('b', [5, 6, 8]));
    const test = welch({ first: [5, 6, 8], second: [1, 2, 3] });
    expect(found).toMatchObject({
      difference: test.difference,
      p: test.p,
      low: test.interval?.low,
      reason: null,
    });
    // 20 splits; the one observed and its mirror image.
    expect(found).toMatchObject({ permutationP: 0.1, smallestP: 0.1 });
  });

  it('have no claim where one has a single training, and the reason says which and how many there are', () => {
    const found = seedContrast('about', seeds('a', [1, 2, 3]), seeds('b', [5], 3));
    expect(found).toMatchObject({ difference: 3, low: null, p: null, permutationP: null });
    expect(found.reason).toBe(
      'no claim about b: 1 of its trainings has the figure, at least 2 are needed (1 of 3 trainings of b are there)',
    );
  });

  it('say what is unfinished beside a claim', () => {
    const found = seedContrast('about', seeds('a', [1, 2], 5), seeds('b', [5, 6]));
    expect(found.p).not.toBeNull();
    expect(found.reason).toBe('2 of 5 trainings of a are there');
  });
});

describe('a trend over recipes', () => {
  it('leaves out a recipe with a single training, by name', () => {
    const found = seedTrend('about', [seeds('a', [1, 2]), seeds('b', [9]), seeds('c', [3, 4])]);
    expect(found).toMatchObject({ trend: 1, p: 2 / 6, kind: 'exact' });
    expect(found.arms.map(({ recipe }) => recipe)).toEqual(['a', 'c']);
    expect(found.reason).toContain('no claim about b: 1 of its trainings');
    const none = seedTrend('about', [seeds('a', [1, 2]), seeds('b', [9])]);
    expect(none).toMatchObject({ trend: null, p: null });
    expect(none.reason).toBe(found.reason);
  });
});

it('Holm counts trends and contrasts of a factor together', () => {
  const [a, b] = [seeds('a', [1, 2, 3]), seeds('b', [5, 6, 8])];
  const trend = seedTrend('about', [a, b]);
  const contrast = seedContrast('about', a, b);
  const none = seedContrast('about', a, seeds('c', [1]));
  const found = withHolm({ arms: [], trends: [trend], contrasts: [contrast, none] });
  // Two tests have a p: the smaller is doubled, the larger kept (or raised to the first).
  expect(found.contrasts[0]?.adjustedP).toBeCloseTo(2 * (contrast.p ?? 9), 12);
  expect(found.trends[0]?.adjustedP).toBeCloseTo(Math.max(0.1, 2 * (contrast.p ?? 9)), 12);
  expect(found.contrasts[1]?.adjustedP).toBeNull();
});
