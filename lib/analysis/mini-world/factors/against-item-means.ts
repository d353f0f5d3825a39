import { cellAt, type MaskedMatrix } from '../../../statistics/masked-matrix.js';
import type { CellScore } from '../../../types.js';
import type { MeanInterval } from '../../agreement-record.js';
import { pairedComparison } from '../../paired-comparison.js';
import { referenceCells } from '../../references/reference-cells.js';
import { restrictedTo } from '../cells.js';
import type { MiniWorld } from '../mini-world.js';
import type { FactorInput } from './factor-input.js';

/** One training beside the item means of the text, on held-out cells: plain means over countries of r. */
export interface ItemMeansComparison {
  readonly recipe: string;
  readonly seed: number;
  readonly ofItemMeans: number | null;
  readonly ofTraining: number | null;
  /** Training minus item means. */
  readonly difference: number | null;
  /** Of the difference, over items and countries: it is about this one training. */
  readonly interval: MeanInterval;
  readonly countries: number;
  readonly reason: string | null;
}

/**
 * Does each training know more of unread cells than what all countries have in common? r alone can answer: item means have no
 * deviation r and no r within items.
 */
export function againstItemMeans(input: FactorInput, recipe: string): ItemMeansComparison[] {
  const { world, table, references } = input;
  const cells = table.parts.get('held-out cells');
  const itemMeans = references.find(({ name }) => name === 'item means');
  if (cells === undefined || itemMeans === undefined) {
    return [];
  }
  // The comparison is on the cells that both sides have: one that has the held-out cells only is enough.
  const first = { name: itemMeans.name, cells: asCells(world, restrictedTo(itemMeans.predicted, cells)) };
  return world.trainings
    .filter((training) => training.recipe === recipe)
    .flatMap(({ seed, readings }) => {
      const plain = readings.find(({ format, language }) => format === 'plain' && language === 'english');
      if (plain === undefined) {
        return [];
      }
      const second = {
        name: `${recipe} seed ${seed}`,
        cells: asCells(world, plain.scores),
      };
      const { human, items, countries } = world;
      const { estimates } = pairedComparison({ human, items, countries, first, second, categories: [] });
      return estimates
        .filter(({ id }) => id === 'r')
        .map(
          (found): ItemMeansComparison => ({
            ...{ recipe, seed, ofItemMeans: found.first, ofTraining: found.second },
            ...{ difference: found.difference, interval: found.interval, countries: found.countries },
            reason: found.reason,
          }),
        );
    });
}

function asCells(world: MiniWorld, scores: MaskedMatrix): CellScore[] {
  const rows = world.countries.map((_, c) => world.items.map((_item, i) => cellAt(scores, c, i)));
  return referenceCells(world, rows, 'not a held-out cell');
}
