import { PLAIN } from '../figure-table.js';
import { type FigureName, figureOf } from '../seed-values.js';
import { type FactorInput, factorValues } from './factor-input.js';

/** A recipe beside the completion of people's answers, both on the cells that no text tells. */
export interface CompletionComparison {
  readonly recipe: string;
  readonly figure: FigureName;
  readonly seeds: number;
  /** Mean over seeds, of the completion, and their difference. */
  readonly ofRecipe: number | null;
  readonly ofCompletion: number | null;
  readonly difference: number | null;
  /** Smallest and largest difference of a single training. */
  readonly least: number | null;
  readonly most: number | null;
  /** How far below the completion the recipe may lie. */
  readonly margin: number;
  readonly reached: boolean | null;
  readonly reason: string | null;
}

const MARGINS: readonly (readonly [FigureName, number])[] = [
  ['r', -0.01],
  ['r within items', -0.05],
];

/**
 * Does a recipe fill in unread cells about as well as a completion of people's answers by a matrix of low rank, which is
 * about as well as they can be known from the others?
 */
export function againstCompletion(input: FactorInput, recipe: string): CompletionComparison[] {
  const { of } = factorValues(input, 'size');
  const completion = input.references.find(({ name }) => name === 'low-rank completion');
  const figures = completion?.on('held-out cells') ?? null;
  return MARGINS.map(([figure, margin]): CompletionComparison => {
    const { values, mean, reason } = of(recipe, {
      ...PLAIN,
      figure,
      cells: 'held-out cells',
      with: 'people',
    });
    const known = figures === null ? null : figureOf(figures, figure);
    const difference = mean === null || known === null ? null : mean - known;
    const apart = known === null ? [] : values.map((value) => value - known);
    return {
      ...{ recipe, figure, seeds: values.length, ofRecipe: mean, ofCompletion: known, difference },
      least: apart.length === 0 ? null : Math.min(...apart),
      most: apart.length === 0 ? null : Math.max(...apart),
      margin,
      reached: difference === null ? null : difference >= margin,
      reason: known === null ? (figures?.reason ?? 'the completion has no such figure') : reason,
    };
  });
}
