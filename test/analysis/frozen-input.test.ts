import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { ownCountryRank } from '../../lib/analysis/own-country-rank.js';
import { pairedComparison } from '../../lib/analysis/paired-comparison.js';
import { references } from '../../lib/analysis/references/references.js';
import { loadMatrixBackend } from '../../lib/statistics/matrix-backend.js';
import { randomTables, randomWorld, type World } from './random-world.js';

/** Freezes a record with everything in it: a write then throws. */
function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) {
      deepFrozen(part);
    }
  }
  return value;
}

describe('a frozen world', () => {
  const world: World = deepFrozen(randomWorld(randomTables(1)));
  const before = JSON.stringify(world);

  it('is frozen down to the scores of single options', () => {
    expect(() => Object.assign(world.items[0]?.options[0] ?? {}, { score: 0 })).toThrow(/read only/);
    expect(() => (world.cells as unknown[]).reverse()).toThrow(/read only/);
    expect(() => Object.assign(world.human.cells[0] ?? {}, { meanScore: 0 })).toThrow(/read only/);
  });

  it('is all that an agreement needs, and is as it was afterwards', () => {
    for (const deviationReference of ['all-countries', 'other-countries'] as const) {
      expect(agreement(world, deepFrozen({ deviationReference })).overall.mean).not.toBeNull();
    }
    expect(JSON.stringify(world)).toBe(before);
  });

  it('is all that references need, and is as it was afterwards', () => {
    expect(references(world)).toHaveLength(6);
    expect(JSON.stringify(world)).toBe(before);
  });

  it('is all that a paired comparison needs, and is as it was afterwards', () => {
    const side = (name: string) => ({ name, cells: world.cells });
    const found = pairedComparison(deepFrozen({ ...world, first: side('a'), second: side('b') }));
    expect(found.estimates[0]?.difference).toBe(0);
    expect(JSON.stringify(world)).toBe(before);
  });

  it('is all that ranks need, and is as it was afterwards', async () => {
    const backend = await loadMatrixBackend({ order: ['plain'] });
    expect((await ownCountryRank(world, { backend })).n).toBe(10);
    expect(JSON.stringify(world)).toBe(before);
  });
});
