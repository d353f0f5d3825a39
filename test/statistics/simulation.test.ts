import { describe, expect, it } from 'vitest';
import { pearson } from '../../lib/statistics/correlation.js';
import { createRandom } from '../../lib/statistics/random.js';
import { coverage, type Estimand } from '../../lib/statistics/simulation/coverage.js';
import { normalNumbers } from '../../lib/statistics/simulation/normal-numbers.js';
import { drawWorld, type WorldPlan } from '../../lib/statistics/simulation/world.js';
import { mean, standardDeviation } from '../../lib/statistics/spread.js';

const PLAN: WorldPlan = {
  ...{ rows: 8, columns: 6000, columnsPerGroup: 3, columnCorrelation: 0.6 },
  ...{ rowGroups: [0, 1, 2, 3, 0, 1, 2, 3], rowCorrelation: 0.5, commonShare: 0.4 },
};

describe('a made-up world', () => {
  const r = [0.9, 0.8, 0.5, 0, -0.4, 0.2, 0.7, 0.6];
  const world = drawWorld(PLAN, [r, r.map(() => 0.3)], createRandom(5));
  const row = (matrix: typeof world.people, c: number): Float64Array =>
    matrix.values.subarray(c * PLAN.columns, (c + 1) * PLAN.columns);

  it('has the population r that it is given', () => {
    for (const [c, planted] of r.entries()) {
      const found = pearson(row(world.people, c), row(world.models[0], c)).r ?? 9;
      expect(Math.abs(found - planted)).toBeLessThan(0.06);
    }
  });

  it('has items that hang together in batteries and countries that do in zones', () => {
    const people = row(world.people, 0);
    const every = (step: number): Float64Array => people.filter((_, i) => i % 3 === step);
    expect(Math.abs((pearson(every(0), every(1)).r ?? 9) - 0.6)).toBeLessThan(0.05);
    const next = Float64Array.from([...every(0).subarray(1), 0]);
    expect(Math.abs(pearson(every(2), next).r ?? 9)).toBeLessThan(0.07);
    // Rows 0 and 4 are of one group: .4 common to all and half of the rest to the group.
    expect(Math.abs((pearson(people, row(world.people, 4)).r ?? 9) - 0.7)).toBeLessThan(0.06);
    expect(Math.abs((pearson(people, row(world.people, 1)).r ?? 9) - 0.4)).toBeLessThan(0.08);
    expect(standardDeviation([...people])).toBeCloseTo(1, 1);
  });

  it('is the same for the same seed', () => {
    const again = drawWorld(PLAN, [r, r.map(() => 0.3)], createRandom(5));
    expect(again.models[1].values).toEqual(world.models[1].values);
  });
});

describe('normal numbers', () => {
  it('have mean 0, deviation 1 and normal tails', () => {
    const next = normalNumbers(createRandom(2));
    const numbers = Array.from({ length: 20_000 }, next);
    expect(Math.abs(mean(numbers) ?? 9)).toBeLessThan(0.03);
    expect(Math.abs((standardDeviation(numbers) ?? 9) - 1)).toBeLessThan(0.02);
    const beyond = numbers.filter((number) => Math.abs(number) > 1.96).length / numbers.length;
    expect(Math.abs(beyond - 0.05)).toBeLessThan(0.006);
  });
});

const zones = (rows: number): number[] => Array.from({ length: rows }, (_, row) => row % 7);

describe('intervals cover what they should in 200 worlds of each kind', () => {
  // Four Monte Carlo standard errors at .95: a miss of the target would have to be that large to be seen with so few.
  const REACH = 4 * Math.sqrt((0.95 * 0.05) / 200);
  const kinds: { what: string; estimand: Estimand; plan: Partial<WorldPlan> }[] = [
    { what: 'independent items', estimand: 'mean r', plan: {} },
    { what: '6 independent items', estimand: 'mean r', plan: { columns: 6 } },
    { what: '9 countries', estimand: 'mean r', plan: { rows: 9, rowGroups: zones(9) } },
    { what: '2 countries, taken as given', estimand: 'mean r', plan: { rows: 2, rowGroups: zones(2) } },
    { what: 'batteries', estimand: 'mean r', plan: { columnsPerGroup: 3, columnCorrelation: 0.6 } },
    { what: 'zones', estimand: 'mean r', plan: { rowCorrelation: 0.6 } },
    { what: 'two models', estimand: 'paired difference', plan: {} },
    { what: 'a lean', estimand: 'lean', plan: {} },
  ];
  const usual: WorldPlan = {
    ...{ rows: 30, columns: 24, columnsPerGroup: 1, columnCorrelation: 0 },
    ...{ rowGroups: zones(30), rowCorrelation: 0, commonShare: 0.5 },
  };

  it.each(kinds)('$what: $estimand', ({ estimand, plan }) => {
    const found = coverage(
      { ...usual, ...plan },
      { estimand, firstPart: zones(30).map((zone) => zone < 2), worlds: 200, random: createRandom(11) },
    );
    expect(found.intervals).toBe(200);
    expect(found.covers).toBeGreaterThan(0.95 - REACH);
    expect(found.width).toBeGreaterThan(0);
  });

  it('says why there is no interval', () => {
    const plan = { ...usual, columns: 10, columnsPerGroup: 3 };
    const found = coverage(plan, { estimand: 'mean r', worlds: 3, random: createRandom(1) });
    expect(found).toMatchObject({ intervals: 0, covers: null, error: null, width: null });
    expect(found.reason).toMatch(/^only 4 /);
  });
});
