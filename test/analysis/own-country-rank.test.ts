import { beforeAll, describe, expect, it } from 'vitest';
import { ownCountryRank } from '../../lib/analysis/own-country-rank.js';
import { pearson } from '../../lib/statistics/correlation.js';
import { loadMatrixBackend, type MatrixBackend } from '../../lib/statistics/matrix-backend.js';
import { createRandom } from '../../lib/statistics/random.js';
import { worldOf } from './small-world.js';

let backend: MatrixBackend;
beforeAll(async () => {
  backend = await loadMatrixBackend({ order: ['plain'] });
});

const random = createRandom(5);
const HUMAN = Array.from({ length: 7 }, () => Array.from({ length: 12 }, () => 2 * random.uniform() - 1));

describe('ownCountryRank', () => {
  it('is first for a model that answers as each people does', async () => {
    const found = await ownCountryRank(worldOf(HUMAN, HUMAN), { backend });
    expect(found.countries.map((country) => country.rank)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(found).toMatchObject({
      meanPercentile: 1,
      n: 7,
      undefinedCount: 0,
      reason: null,
      backend: 'plain',
    });
    expect(found.countries[0]).toMatchObject({ id: 'AAA', among: 7, percentile: 1, reason: null });
    expect(found.countries[0]?.r).toBeCloseTo(1, 5);
  });

  it('correlates deviations from the means over all countries', async () => {
    // What items have in common is large here and must not count: people and model share it.
    const level = Array.from({ length: 12 }, (_, item) => (item % 2 === 0 ? 0.6 : -0.6));
    const near = (scale: number) =>
      HUMAN.map((row) => row.map((value, item) => (level[item] ?? 0) + scale * value));
    const human = near(0.2);
    const model = near(-0.1);
    const means = level.map(
      (_, item) => human.reduce((sum, row) => sum + (row[item] ?? 0), 0) / human.length,
    );
    const found = await ownCountryRank(worldOf(human, model), { backend });
    for (const [c, country] of found.countries.entries()) {
      const deviations = (rows: readonly (readonly number[])[]) =>
        (rows[c] ?? []).map((value, item) => value - (means[item] ?? 0));
      expect(country.r).toBeCloseTo(pearson(deviations(human), deviations(model)).r ?? 9, 5);
      expect(country.r).toBeLessThan(0);
    }
  });

  it('is exactly .5 on average for a model that answers every country alike', async () => {
    const profile = Array.from({ length: 12 }, () => 2 * random.uniform() - 1);
    const found = await ownCountryRank(
      worldOf(
        HUMAN,
        HUMAN.map(() => profile),
      ),
      { backend },
    );
    // The seven countries take the ranks 1 to 7, one each.
    expect(found.countries.map((country) => country.rank).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(found.meanPercentile).toBeCloseTo(0.5, 12);
  });

  it('is last for a model that turns every deviation round', async () => {
    const means =
      HUMAN[0]?.map((_, item) => HUMAN.reduce((sum, row) => sum + (row[item] ?? 0), 0) / HUMAN.length) ?? [];
    const turned = HUMAN.map((row) =>
      row.map((value, item) => Math.max(-1, Math.min(1, 2 * (means[item] ?? 0) - value))),
    );
    const found = await ownCountryRank(worldOf(HUMAN, turned), { backend });
    expect(found.countries.map((country) => country.percentile)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('shares ranks between people who are equally close', async () => {
    // BBB answers exactly as AAA does, so both are the closest to the model's AAA: ranks 1 and 2, 1.5 each.
    const human = [HUMAN[0] ?? [], HUMAN[0] ?? [], ...HUMAN.slice(2)];
    const found = await ownCountryRank(worldOf(human, human), { backend });
    expect(found.countries.map((country) => country.rank).slice(0, 3)).toEqual([1.5, 1.5, 1]);
    // Among six others one is as close: (6 - .5) / 6.
    expect(found.countries[0]?.percentile).toBeCloseTo(5.5 / 6, 12);
  });

  it('is null with a reason where the own r is undefined or there is nobody to compare with', async () => {
    const missing = HUMAN.map((row, c) => (c === 1 ? row.map((value, i) => (i < 2 ? value : null)) : row));
    const found = await ownCountryRank(worldOf(HUMAN, missing), { backend });
    expect(found.countries[1]).toMatchObject({
      r: null,
      rank: null,
      percentile: null,
      reason: 'r with the own people is undefined (2 cells, or a side without deviations)',
      cells: { expected: 12, used: 2, unscored: 10, withoutHumanAnswer: 0 },
    });
    expect(found).toMatchObject({ n: 6, undefinedCount: 1 });
    const alone = await ownCountryRank(worldOf(HUMAN.slice(0, 1), HUMAN.slice(1, 2)), { backend });
    // One country is its own mean, so nothing deviates.
    expect(alone).toMatchObject({ meanPercentile: null, n: 0, reason: 'no country has a rank' });
  });
});
