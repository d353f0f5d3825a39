import type { CellsName } from '../cells.js';
import { PLAIN } from '../figure-table.js';
import { seedContrast } from '../seed-contrast.js';
import type { FigureName, Measure } from '../seed-values.js';
import { leanOf } from './coverage.js';
import { type FactorInput, factorValues, recipeAt } from './factor-input.js';
import { type FactorTests, withHolm } from './factor-tests.js';

const PARTS: readonly CellsName[] = ['student saw', 'only teacher saw', 'neither saw'];
const FIGURES: readonly FigureName[] = ['r', 'deviation r'];
const LEANS: readonly FigureName[] = ['West minus others', 'West minus others, deviation r'];

/**
 * What text written by a model teaches a smaller one: in the cells that its own little text told, in those that only its
 * teacher had read of, and in those that neither had; whether it teaches as much as real text does; and whether a leaning
 * teacher passes on its lean.
 */
export function syntheticAnswer(input: FactorInput): FactorTests {
  const { of, recipes } = factorValues(input, 'synthetic');
  const [little, synthetic, more, western] = [0, 1, 2, 3].map((place) => recipeAt(recipes, place)) as [
    string,
    string,
    string,
    string,
  ];
  const measures = FIGURES.flatMap((figure) =>
    PARTS.map((cells): Measure => ({ ...PLAIN, figure, cells, with: 'people' })),
  );
  const leans = LEANS.map(leanOf);
  return withHolm({
    arms: [...measures, ...leans].flatMap((measure) => recipes.map((recipe) => of(recipe, measure))),
    trends: [],
    contrasts: [
      ...measures.flatMap((measure) =>
        recipes
          .slice(1)
          .map((recipe) => seedContrast('beside little text', of(little, measure), of(recipe, measure))),
      ),
      ...measures.map((measure) =>
        seedContrast('beside as much real text', of(more, measure), of(synthetic, measure)),
      ),
      ...leans.map((measure) =>
        seedContrast("the teacher's lean", of(synthetic, measure), of(western, measure)),
      ),
    ],
  });
}
