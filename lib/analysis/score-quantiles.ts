import { quantileOfSorted } from '../statistics/bootstrap/percentile.js';
import type { Category } from '../types.js';
import { type AgreementInput, type GridCell, scoreGrid } from './score-grid.js';

/** How the mean scores of a category are spread. */
export interface ScoreQuantiles {
  /** Cells. */
  readonly n: number;
  /** Quantiles .05, .25, .5, .75 and .95 of mean scores, each from -1 to 1. */
  readonly quantiles: readonly [number, number, number, number, number];
}

/** Mean scores of people and of a model in one category, over the cells that both have. */
export interface CategoryScores {
  readonly id: string;
  readonly title: string;
  /** Null without a cell that both have. */
  readonly people: ScoreQuantiles | null;
  readonly model: ScoreQuantiles | null;
}

/**
 * How the mean scores of people and of a model lie in each category, in the order of the categories; those without an item
 * are left out.
 *
 * @throws InputError as `agreement` does
 */
export function scoresByCategory(
  input: AgreementInput & { readonly categories: readonly Category[] },
): CategoryScores[] {
  const { items, rows } = scoreGrid(input);
  return input.categories.flatMap(({ id, title }) => {
    const own = rows.flatMap((row) => row.filter((_, i) => items[i]?.category === id)).filter(hasBoth);
    return items.some(({ category }) => category === id)
      ? [
          {
            ...{ id, title },
            people: quantilesOf(own.map((cell) => cell.human)),
            model: quantilesOf(own.map((cell) => cell.model)),
          },
        ]
      : [];
  });
}

function hasBoth(cell: GridCell): cell is { readonly human: number; readonly model: number } {
  return cell.human !== null && cell.model !== null;
}

function quantilesOf(values: readonly number[]): ScoreQuantiles | null {
  if (values.length === 0) {
    return null;
  }
  const sorted = values.toSorted((a, b) => a - b);
  const at = (probability: number): number => quantileOfSorted(sorted, probability);
  return { n: values.length, quantiles: [at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)] };
}
