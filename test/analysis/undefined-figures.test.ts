import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { pairedComparison } from '../../lib/analysis/paired-comparison.js';
import { type ScoreTable, worldOf } from './small-world.js';

/** Figures that stand beside a reason. */
const FIGURES = ['r', 'mean', 'lean', 'difference', 'model', 'low'];

/** Walks through a record: no NaN anywhere, a reason beside every null figure, no interval around nothing. */
function expectReasons(value: unknown, path = 'record'): void {
  if (typeof value === 'number') {
    expect(Number.isFinite(value), `${path} is ${value}`).toBe(true);
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const record = value as Record<string, unknown>;
  const figure = FIGURES.find((name) => name in record);
  if (figure !== undefined && 'reason' in record) {
    const { reason } = record;
    expect(reason === null ? 'none' : reason, `${path}.reason`).toMatch(/\w{3}/);
    expect(reason === null, `${path}.${figure} is ${record[figure]} and its reason ${reason}`).toBe(
      record[figure] !== null,
    );
  }
  const { interval } = record as { interval?: { low: number | null } };
  if (figure !== undefined && record[figure] === null && interval !== undefined) {
    expect(interval.low, `${path}.interval.low, without a figure`).toBeNull();
  }
  for (const [name, part] of Object.entries(record)) {
    expectReasons(part, `${path}.${name}`);
  }
}

const ROW = [0.1, 0.7, -0.3, 0.2, 0.5, -0.6, 0.9, 0];
const people: ScoreTable = Array.from({ length: 5 }, (_, c) =>
  ROW.map((_, i) => ROW[(i * (c + 1)) % 8] ?? 0),
);
const column = (count: number): ScoreTable => people.map((row) => row.slice(0, count));

describe('an agreement without anything to correlate', () => {
  const worlds: { what: string; human: ScoreTable; model: ScoreTable; reason: RegExp }[] = [
    { what: 'two items', human: column(2), model: column(2), reason: /only 2 items with both mean scores/ },
    { what: 'one item', human: column(1), model: column(1), reason: /only 1 items with both mean scores/ },
    {
      what: 'a constant model',
      human: people,
      model: people.map((row) => row.map(() => 0.1)),
      reason: /the same/,
    },
    {
      what: 'constant people',
      human: people.map((row) => row.map(() => 0.1)),
      model: people,
      reason: /the same/,
    },
    {
      what: 'no people',
      human: people.map((row) => row.map(() => null)),
      model: people,
      reason: /only 0 items/,
    },
  ];

  it.each(worlds)('has null and the reason, neither NaN nor 0: $what', ({ human, model, reason }) => {
    const found = agreement(worldOf(human, model, { inFirst: 1 }));
    expectReasons(found);
    expect(found.byCountry.map(({ r }) => r)).toEqual(people.map(() => null));
    expect(found.overall).toMatchObject({ mean: null, plainMean: null, n: 0, undefinedCount: 5 });
    expect(found.overall.reason).toMatch(reason);
    expect(found.westernLean.lean).toBeNull();
  });

  it('has no r within items for two countries, and none at all for one', () => {
    const two = agreement(worldOf(people.slice(0, 2), people.slice(1, 3)));
    expectReasons(two);
    expect(two.withinItems).toMatchObject({ mean: null, n: 0, undefinedCount: 8 });
    expect(two.withinItems.reason).toMatch(/only 2 countries with both mean scores/);
    const one = agreement(worldOf(people.slice(0, 1), people.slice(1, 2)));
    expectReasons(one);
    expect(one.deviation.reason).toMatch(/give exactly the item means of all countries/);
  });
});

describe('figures of any table, however poor', () => {
  // Few values, of which .1 and .7 are no sums of powers of 2: constants, ties and gaps are common, and so is rounding.
  const cell = fc.constantFrom<number | null>(0.1, 0.7, -0.3, null);
  const tables = fc
    .record({ rows: fc.integer({ min: 1, max: 5 }), items: fc.integer({ min: 1, max: 9 }) })
    .chain(({ rows, items }) => {
      const table = fc.array(fc.array(cell, { minLength: items, maxLength: items }), {
        ...{ minLength: rows, maxLength: rows },
      });
      const alike = fc
        .array(cell, { minLength: items, maxLength: items })
        .map((row) => Array.from({ length: rows }, () => row));
      const some = fc.oneof(table, alike);
      return fc.record({ human: some, model: some, other: some });
    });
  const RUNS = { numRuns: 150, seed: 20250606 };

  it('of an agreement are finite, or null with a reason and without an interval', () => {
    fc.assert(
      fc.property(tables, ({ human, model }) =>
        expectReasons(agreement(worldOf(human, model, { inFirst: 3 }))),
      ),
      RUNS,
    );
  });

  it('of a paired comparison are finite, or null with a reason and without an interval', () => {
    fc.assert(
      fc.property(tables, ({ human, model, other }) => {
        const world = worldOf(human, model, { inFirst: 3 });
        const second = { name: 'b', cells: worldOf(human, other).cells };
        expectReasons(pairedComparison({ ...world, first: { name: 'a', cells: world.cells }, second }));
      }),
      RUNS,
    );
  });
});
