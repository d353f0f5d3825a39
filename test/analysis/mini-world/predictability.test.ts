import { describe, expect, it } from 'vitest';
import { figureTable } from '../../../lib/analysis/mini-world/figure-table.js';
import {
  predictabilityReferences,
  referenceFigures,
} from '../../../lib/analysis/mini-world/predictability.js';
import { cellAt } from '../../../lib/statistics/masked-matrix.js';
import { mean } from '../../../lib/statistics/spread.js';
import { plantedHeldOut, plantedPeople, plantedWorld } from '../../support/planted-mini-world.js';

const world = plantedWorld();
const table = figureTable(world);
const references = predictabilityReferences(table.people.scores, table.parts, table.western);
const [itemMeans, completion] = references;
const people = plantedPeople();

describe('what can be known without a model', () => {
  it('item means come from the seen cells of other countries only', () => {
    const seenByOthers = (c: number, i: number) =>
      mean(
        people.flatMap((row, other) =>
          other !== c && plantedHeldOut(other, i) === null ? (row[i] ?? 0) : [],
        ),
      );
    for (const [c, i] of [
      [0, 7],
      [3, 0],
      [25, 12],
    ] as const) {
      expect(itemMeans && cellAt(itemMeans.predicted, c, i)).toBeCloseTo(seenByOthers(c, i) ?? 9, 12);
    }
  });

  it('item means have r and no figure of culture', () => {
    const found = itemMeans?.on('held-out cells');
    expect(found?.r).toBeGreaterThan(0);
    expect(found).toMatchObject({ deviationR: null, withinItems: null, deviationLean: null });
    expect(found?.reason).toContain('know no culture');
  });

  it('a completion of rank 3 finds the unread cells of a world of two dimensions, and beats item means', () => {
    const found = completion?.on('held-out cells');
    expect(found?.r).toBeGreaterThan((itemMeans?.on('held-out cells')?.r ?? 1) + 0.02);
    expect(found?.deviationR).toBeGreaterThan(0.8);
  });

  it('a completion has nothing to say about what sets a country in no text apart', () => {
    expect(completion?.on('held-out countries')).toMatchObject({ deviationR: null, withinItems: null });
    expect(completion?.on('held-out countries')?.r).not.toBeNull();
  });

  it('is told for each stratum', () => {
    expect(
      references.map(referenceFigures).map(({ name, byStratum }) => [name, Object.keys(byStratum)]),
    ).toEqual([
      ['item means', ['seen', 'held-out cells', 'held-out blocks', 'held-out countries']],
      ['low-rank completion', ['seen', 'held-out cells', 'held-out blocks', 'held-out countries']],
    ]);
  });
});
