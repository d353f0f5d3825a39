import { describe, expect, it } from 'vitest';
import { levelAgreement } from '../../lib/analysis/level-agreement.js';
import { scoreGrid } from '../../lib/analysis/score-grid.js';
import { worldOf } from './small-world.js';

const PEOPLE = [
  [-0.8, -0.2, 0.1, 0.9],
  [0.3, -0.5, 0.6, -0.1],
];

describe('levelAgreement', () => {
  it('sees what r does not: answers squeezed to a quarter and moved up', () => {
    const model = PEOPLE.map((row) => row.map((score) => 0.1 + 0.25 * score));
    const { spearman, concordance, slope, offset, meanAbsoluteError } = levelAgreement(
      scoreGrid(worldOf(PEOPLE, model)),
    );
    expect(spearman).toEqual({ mean: 1, n: 2, undefinedCount: 0, reason: null });
    expect(slope.mean).toBeCloseTo(0.25, 12);
    expect(offset.mean).toBeCloseTo(0.1, 12);
    const errors = PEOPLE.flat().map((score) => Math.abs(0.1 - 0.75 * score));
    expect(meanAbsoluteError.mean).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / 8, 12);
    expect(concordance.mean).toBeLessThan(0.6);
  });

  it('leaves a country out where its line is undefined, and counts it', () => {
    const model = [PEOPLE[0] ?? [], [null, null, 0.1, 0.2]];
    const { slope, meanAbsoluteError } = levelAgreement(scoreGrid(worldOf(PEOPLE, model)));
    expect(slope).toMatchObject({ n: 1, undefinedCount: 1, reason: null });
    expect(meanAbsoluteError).toMatchObject({ n: 2, undefinedCount: 0 });
  });

  it('is null with a reason without any score', () => {
    const nothing = PEOPLE.map((row) => row.map(() => null));
    const { slope, meanAbsoluteError } = levelAgreement(scoreGrid(worldOf(PEOPLE, nothing)));
    expect(slope).toMatchObject({ mean: null, n: 0, undefinedCount: 2 });
    expect(slope.reason).toMatch(/^only 0 pairs/);
    expect(meanAbsoluteError.reason).toBe('no pair of values');
  });
});
