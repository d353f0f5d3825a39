import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthFirstOrder, distinctTokens } from '../../../lib/inference/rows/depth-first-order.js';
import { planRows } from '../../../lib/inference/rows/plan-rows.js';
import { type RowBounds, rowBytes, rowFits } from '../../../lib/inference/rows/row-bounds.js';

const open: RowBounds = {
  places: null,
  depth: null,
  memoryBytes: Number.POSITIVE_INFINITY,
  shape: { heads: 2, vocabularySize: 100, pastLength: 0 },
};
const plan = (sequences: readonly (readonly number[])[], budget: number, bounds: Partial<RowBounds> = {}) =>
  planRows(
    sequences.map((tokenIds) => ({ tokenIds, reads: 1 })),
    depthFirstOrder(sequences),
    { budget, bounds: { ...open, ...bounds } },
  );
const nodes = (sequences: readonly (readonly number[])[]): number =>
  distinctTokens(sequences, depthFirstOrder(sequences));

/** Items that share a template's head, with options and countries behind: the shape of a real questionnaire. */
function questionnaire(given: { items: number; countries: number; stem: number }): number[][] {
  let fresh = 100;
  const next = (count: number): number[] => Array.from({ length: count }, () => fresh++);
  const head = next(2);
  const names = Array.from({ length: given.countries }, (_, country) => next(1 + (country % 4)));
  const cue = next(1);
  return Array.from({ length: given.items }, () => [...head, ...next(given.stem)]).flatMap((stem) =>
    names.map((name) => [...stem, ...name, ...cue]),
  );
}

describe('planRows', () => {
  const sequences = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 7 }), {
    minLength: 1,
    maxLength: 60,
  });

  it('holds every sequence exactly once, within budget and bounds, and counts its tokens truly', () => {
    fc.assert(
      fc.property(
        sequences,
        fc.integer({ min: 7, max: 50 }),
        fc.integer({ min: 7, max: 50 }),
        (all, budget, most) => {
          const bounds = { places: { most, reason: 'a test' } };
          const rows = plan(all, budget, bounds);
          expect(rows.flatMap((row) => row.sequences).sort((a, b) => a - b)).toEqual(
            all.map((_, index) => index),
          );
          for (const row of rows) {
            const own = row.sequences.map((index) => all[index] ?? []);
            expect(row.tokens).toBe(nodes(own));
            expect(row.reads).toBe(own.length);
            expect(row.tokens).toBeLessThanOrEqual(Math.min(budget, most));
          }
        },
      ),
    );
  });

  it('is the same whatever was planned before, and whatever the order of equal work', () => {
    const all = questionnaire({ items: 5, countries: 9, stem: 20 });
    expect(plan(all, 120)).toEqual(plan(all, 120));
  });

  it('computes at most 5 % more tokens than the prefix tree has, on the shape of the survey', () => {
    const all = questionnaire({ items: 100, countries: 55, stem: 70 });
    for (const budget of [512, 1024, 2048]) {
      const computed = plan(all, budget).reduce((sum, { tokens }) => sum + tokens, 0);
      expect(computed / nodes(all)).toBeLessThanOrEqual(1.05);
    }
  });

  it('ends a row between items rather than inside one, for there neighbours share least', () => {
    const all = questionnaire({ items: 4, countries: 10, stem: 30 });
    // An item has 30 stem + 10 x (1..4) name + 10 cue tokens, about 64: one and a half would fit.
    for (const row of plan(all, 100)) {
      expect(new Set(row.sequences.map((index) => Math.floor(index / 10))).size).toBe(1);
      expect(row.sequences).toHaveLength(10);
    }
  });

  it('gives a sequence longer than the budget a row of its own', () => {
    expect(plan([[1, 2, 3, 4, 5], [6]], 3).map(({ tokens }) => tokens)).toEqual([5, 1]);
  });

  it('keeps every row within the memory allowed', () => {
    const all = questionnaire({ items: 6, countries: 20, stem: 30 });
    const memoryBytes = rowBytes({ tokens: 60, reads: 30 }, open.shape);
    for (const row of plan(all, Number.POSITIVE_INFINITY, { memoryBytes })) {
      expect(rowFits(row, { ...open, memoryBytes })).toBe(true);
    }
  });

  it('refuses a memory setting too small for one prompt, and says how much is needed', () => {
    const long = Array.from({ length: 1000 }, (_, token) => token);
    // 4 x 1000 x 1000 x (2 + 1) + 8 x 100 bytes are 11.4 MB.
    expect(() => plan([[1], long], 100, { memoryBytes: 2 * 2 ** 20 })).toThrow(
      'one prompt of 1000 tokens alone needs about 12 MB beside the weights. Found a memory setting of 2 MB. Raise it: --memory 12',
    );
  });

  it('refuses a prompt longer than the attention window, and names the way out', () => {
    const depth = { most: 4, reason: 'the attention window' };
    expect(() => plan([[1, 2, 3, 4, 5]], 100, { depth })).toThrow(
      'a prompt has 5 tokens. Expected at most 4 (the attention window). Run whole prompts instead (--packing off',
    );
  });

  it('plans 200,000 prompts in less than 5 seconds and 1 GB', () => {
    const all = questionnaire({ items: 3637, countries: 55, stem: 75 });
    expect(all.length).toBeGreaterThan(200_000);
    const before = process.memoryUsage().rss;
    const start = performance.now();
    const rows = plan(all, 1024);
    expect((performance.now() - start) / 1000).toBeLessThan(5);
    expect((process.memoryUsage().rss - before) / 2 ** 30).toBeLessThan(1);
    expect(rows.reduce((sum, row) => sum + row.sequences.length, 0)).toBe(all.length);
  });
});
