import { PLAIN } from '../figure-table.js';
import { seedContrast } from '../seed-contrast.js';
import { seedTrend } from '../seed-trend.js';
import type { FigureName, Measure } from '../seed-values.js';
import { againstCompletion, type CompletionComparison } from './against-completion.js';
import { againstItemMeans, type ItemMeansComparison } from './against-item-means.js';
import { type FactorInput, factorValues, recipeAt } from './factor-input.js';
import { type FactorTests, withHolm } from './factor-tests.js';

/** What size does to the figures on held-out cells, which no model can have by heart. */
export interface SizeAnswer extends FactorTests {
  /** Of the largest recipe. */
  readonly againstCompletion: readonly CompletionComparison[];
  readonly againstItemMeans: readonly ItemMeansComparison[];
}

const FIGURES: readonly FigureName[] = ['r', 'deviation r', 'r within items'];

const heldOut = (figure: FigureName): Measure => ({
  ...PLAIN,
  figure,
  cells: 'held-out cells',
  with: 'people',
});

/** Trend over the sizes, smallest against largest, and every step between neighbours whatever it shows. */
export function sizeAnswer(input: FactorInput): SizeAnswer {
  const { of, recipes } = factorValues(input, 'size');
  const parameters = (name: string): number =>
    input.world.recipes.find((recipe) => recipe.name === name)?.parameters ?? 0;
  const rising = recipes.toSorted((a, b) => parameters(a) - parameters(b));
  const largest = recipeAt(rising, -1);
  const arms = FIGURES.flatMap((figure) => rising.map((recipe) => of(recipe, heldOut(figure))));
  const contrasts = FIGURES.flatMap((figure) => {
    const between = (about: string, first: string, second: string) =>
      seedContrast(about, of(first, heldOut(figure)), of(second, heldOut(figure)));
    const steps = rising.slice(1).map((recipe, turn) => between('step', recipeAt(rising, turn), recipe));
    return rising.length === 2
      ? steps
      : [between('smallest and largest', recipeAt(rising, 0), largest), ...steps];
  });
  const trends = FIGURES.map((figure) =>
    seedTrend(
      'over sizes',
      rising.map((recipe) => of(recipe, heldOut(figure))),
    ),
  );
  return {
    ...withHolm({ arms, trends, contrasts }),
    againstCompletion: againstCompletion(input, largest),
    againstItemMeans: againstItemMeans(input, largest),
  };
}
