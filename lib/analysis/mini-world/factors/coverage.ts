import { PLAIN } from '../figure-table.js';
import { seedContrast } from '../seed-contrast.js';
import { seedTrend } from '../seed-trend.js';
import type { FigureName, Measure } from '../seed-values.js';
import { type FactorInput, factorValues, recipeAt } from './factor-input.js';
import { type FactorTests, withHolm } from './factor-tests.js';

/** What it does to the lean to the West how often the text speaks of other countries. */
export interface CoverageAnswer extends FactorTests {
  /** Lean (of r) of people's item means on the same cells: what a model without culture would show. */
  readonly leanOfItemMeans: number | null;
}

const LEANS: readonly FigureName[] = ['West minus others', 'West minus others, deviation r'];

export const leanOf = (figure: FigureName): Measure => ({
  ...PLAIN,
  figure,
  cells: 'told countries',
  with: 'people',
});

/** The lean from the text that speaks mostly of the West to the even one: its trend, and the outer two. */
export function coverageAnswer(input: FactorInput): CoverageAnswer {
  const { of, recipes } = factorValues(input, 'coverage');
  const values = (figure: FigureName) => recipes.map((recipe) => of(recipe, leanOf(figure)));
  const itemMeans = input.references.find(({ name }) => name === 'item means');
  return {
    ...withHolm({
      arms: LEANS.flatMap(values),
      trends: LEANS.map((figure) => seedTrend('over coverages', values(figure))),
      contrasts: LEANS.map((figure) =>
        seedContrast(
          'outer two',
          of(recipeAt(recipes, 0), leanOf(figure)),
          of(recipeAt(recipes, -1), leanOf(figure)),
        ),
      ),
    }),
    leanOfItemMeans: itemMeans?.on('told countries')?.lean ?? null,
  };
}
