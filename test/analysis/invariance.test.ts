import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { pairedComparison } from '../../lib/analysis/paired-comparison.js';
import { createRandom, randomPermutation } from '../../lib/statistics/random.js';
import { type RandomTables, randomTables, randomWorld, type World } from './random-world.js';
import { expectSameFigures } from './same-figures.js';
import type { ScoreTable } from './small-world.js';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const RUNS = { numRuns: 12, seed: 20250605 };

function inRandomOrder<T>(list: readonly T[], order: number): T[] {
  return [...randomPermutation(list.length, createRandom(order))].map((place) => list[place] as T);
}

const mapped = (table: ScoreTable, change: (score: number, item: number) => number): ScoreTable =>
  table.map((row) => row.map((score, item) => (score === null ? null : change(score, item))));

const compared = (world: World, other: World) =>
  pairedComparison({
    ...world,
    first: { name: 'one', cells: world.cells },
    second: { name: 'two', cells: other.cells },
  });

describe('an agreement', () => {
  it('does not depend on the order of cells, items and countries', () => {
    fc.assert(
      fc.property(seed, seed, (drawn, order) => {
        const world = randomWorld(randomTables(drawn));
        const found = agreement(world);
        expect(found.overall.interval.low).not.toBeNull();
        expect(agreement({ ...world, cells: inRandomOrder(world.cells, order) })).toEqual(found);
        const turned = {
          ...world,
          cells: inRandomOrder(world.cells, order),
          items: inRandomOrder(world.items, order),
          countries: inRandomOrder(world.countries, order),
        };
        expectSameFigures(agreement(turned), found);
      }),
      RUNS,
    );
  });

  it('has the same r when the model moves or stretches all its scores within [-1, 1]', () => {
    const stretch = fc.double({ min: 0.05, max: 0.9, noNaN: true });
    const move = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(seed, stretch, move, (drawn, factor, direction) => {
        const { human, model } = randomTables(drawn);
        const found = agreement(randomWorld({ human, model }));
        const reach = Math.max(...model.flat().map((score) => Math.abs(score ?? 0)));
        const offset = direction * (1 - factor * reach);
        const changed = mapped(model, (score) => offset + factor * score);
        const after = agreement(randomWorld({ human, model: changed }));
        const rOf = (of: typeof found) => [
          ...[of.byCountry, of.overall, of.byContinent, of.byCulturalZone, of.byCategory, of.byGroup],
          ...[of.byItem, of.withinItems, of.westernLean, of.level.spearman],
        ];
        expectSameFigures(rOf(after), rOf(found));
        // What depends on the spread of scores does change.
        expect(after.level.slope.mean).toBeCloseTo(factor * (found.level.slope.mean ?? 9), 9);
      }),
      RUNS,
    );
  });

  it('has the same deviation r, and r within items, whichever items are scored the other way round', () => {
    const turns = fc.array(fc.boolean(), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(seed, turns, (drawn, turned) => {
        const { human, model } = randomTables(drawn);
        const turn = (table: ScoreTable) => mapped(table, (score, item) => (turned[item] ? -score : score));
        const tables: RandomTables = { human: turn(human), model: turn(model) };
        for (const deviationReference of ['all-countries', 'other-countries'] as const) {
          const before = agreement(randomWorld({ human, model }), { deviationReference });
          const after = agreement(randomWorld(tables), { deviationReference });
          expectSameFigures(after.deviationByCountry, before.deviationByCountry);
          expectSameFigures(after.deviation, before.deviation);
          expectSameFigures([after.byItem, after.withinItems], [before.byItem, before.withinItems]);
        }
      }),
      RUNS,
    );
  });
});

describe('a paired comparison', () => {
  it('does not depend on the order of cells, items and countries', () => {
    fc.assert(
      fc.property(seed, seed, (drawn, order) => {
        const tables = randomTables(drawn);
        const world = randomWorld(tables);
        const other = randomWorld({
          ...tables,
          model: mapped(tables.model, (score, i) => (i % 3) * 0.3 * score),
        });
        const turned = (from: World): World => ({
          ...from,
          cells: inRandomOrder(from.cells, order),
          items: inRandomOrder(from.items, order),
          countries: inRandomOrder(from.countries, order),
        });
        expectSameFigures(compared(turned(world), turned(other)), compared(world, other));
      }),
      RUNS,
    );
  });
});
