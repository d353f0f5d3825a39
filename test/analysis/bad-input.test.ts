import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { type PairedInput, pairedComparison } from '../../lib/analysis/paired-comparison.js';
import { randomTables, randomWorld, type World } from './random-world.js';

const world = randomWorld(randomTables(5));

function withItems(variables: readonly string[]): World {
  const chosen = new Set(variables);
  return {
    ...world,
    items: world.items.filter(({ variable }) => chosen.has(variable)),
    cells: world.cells.filter(({ variable }) => chosen.has(variable)),
  };
}

const compared = ({ cells, ...input }: World, other = cells) => {
  const paired: PairedInput = {
    ...input,
    first: { name: 'old', cells },
    second: { name: 'new', cells: other },
  };
  return pairedComparison(paired);
};

describe('too few items for an interval', () => {
  // Q1 to Q10 are five pairs.
  const few = withItems(Array.from({ length: 10 }, (_, place) => `Q${place + 1}`));
  const reason = 'only 5 batteries; an interval over batteries needs at least 6';

  it('leave every figure of an agreement its point, and say how many there are', () => {
    const found = agreement(few);
    const figures = [found.overall, found.deviation, found.westernLean.western, ...found.byContinent];
    for (const { mean, interval } of figures) {
      expect(mean).not.toBeNull();
      expect(interval).toMatchObject({ low: null, high: null, uncertainty: null, units: 5, reason });
    }
    expect(found.westernLean.lean).not.toBeNull();
    expect(found.westernLean.interval).toMatchObject({ low: null, units: 5, reason });
    expect(found.withinItems.plainMean).not.toBeNull();
    expect(found.withinItems.interval).toMatchObject({
      low: null,
      reason: 'only 4 cultural zones; an interval over cultural zones needs at least 6',
    });
    // The second category has Q8, Q9 and Q10.
    const second = found.byCategory.find(({ id }) => id === 'second');
    expect(second?.mean).not.toBeNull();
    expect(second?.interval).toMatchObject({
      ...{ low: null, unit: 'item', units: 3 },
      reason: 'only 3 items; an interval over items needs at least 6',
    });
  });

  it('leave every figure of a paired comparison its point, and say how many there are', () => {
    const { estimates, byCategory } = compared(few);
    expect(estimates).toHaveLength(4);
    for (const { difference, interval } of estimates) {
      expect(difference).toBe(0);
      expect(interval).toMatchObject({ low: null, high: null, units: 5, reason });
    }
    expect(byCategory.map(({ id, interval }) => `${id}: ${interval.reason}`)).toEqual([
      'first: null',
      'second: only 3 items; an interval over items needs at least 6',
    ]);
  });

  it('are enough with one battery more', () => {
    const enough = withItems(Array.from({ length: 12 }, (_, place) => `Q${place + 1}`));
    expect(agreement(enough).overall.interval).toMatchObject({ units: 6, reason: null });
    expect(compared(enough).estimates[0]?.interval).toMatchObject({ units: 6, reason: null });
  });
});

describe('a paired comparison of models with other items', () => {
  const without = (...variables: string[]) =>
    world.cells.filter(({ variable }) => !variables.includes(variable));

  it('is refused, with the items of each side that the other lacks', () => {
    expect(() => compared({ ...world, cells: without('Q3', 'Q16') }, without('Q7'))).toThrow(
      'Comparing old and new: they were asked different items (only old: Q7; only new: Q3, Q16). Expected the same ' +
        'items for both. Probe both with the same --items.',
    );
    expect(() => compared(world, [])).toThrow(/\(only old: Q1, Q2, .*, Q16\)/);
  });

  it('counts as asked what a model was asked without giving a score', () => {
    const unscored = world.cells.map((cell) =>
      cell.variable === 'Q3'
        ? { ...cell, status: 'unscored' as const, reason: 'two tokens', meanScore: null }
        : cell,
    );
    const { cells } = compared(world, unscored);
    expect(cells.onlyFirst).toBeGreaterThan(7);
    expect(cells.onlySecond).toBe(0);
  });
});

describe('scores of two wordings in one table', () => {
  it('are refused by an agreement and by a paired comparison', () => {
    const [first] = world.cells;
    const twice = [...world.cells, { ...(first as (typeof world.cells)[number]), meanScore: 0.5 }];
    const message =
      'the cell Q1 AAA is given twice. Expected one score for each item and country: choose one model';
    expect(() => agreement({ ...world, cells: twice })).toThrow(message);
    expect(() => compared(world, twice)).toThrow(message);
  });
});
