import { type CellsName, STRATA } from './cells.js';
import { alignmentAnswer } from './factors/alignment.js';
import { coverageAnswer } from './factors/coverage.js';
import { factorInput } from './factors/factor-input.js';
import { languagesAnswer } from './factors/languages.js';
import { nullAnswer } from './factors/null.js';
import { sizeAnswer } from './factors/size.js';
import { syntheticAnswer } from './factors/synthetic.js';
import { type ComparedWith, type FigureTable, PLAIN } from './figure-table.js';
import type { MiniTraining, MiniWorld } from './mini-world.js';
import type { ByStratum, MiniWorldAnalysis, RecipeStatus, TrainingFigures } from './mini-world-record.js';
import { referenceFigures } from './predictability.js';
import { type Measure, seedValues } from './seed-values.js';

/**
 * All that the mini world answers: the figures of every training, what can be predicted without a model, and what each factor
 * does with seeds as the unit.
 *
 * @param options.onTraining told after the figures of each training
 */
export function miniWorldAnalysis(
  world: MiniWorld,
  options: { readonly onTraining?: () => void } = {},
): MiniWorldAnalysis {
  const input = factorInput(world);
  const { table, references } = input;
  const trainings = world.trainings.flatMap((training) => {
    const figures = trainingFigures(table, training);
    options.onTraining?.();
    return figures;
  });
  return {
    recipes: world.recipes.map((recipe) => recipeStatus(world, table, recipe.name)),
    cells: [...table.parts].map(([name, part]) => ({ name, cells: known(table, part) })),
    texts: [...world.textImplied.keys()].map((telling) => ({ telling, found: table.ofText(telling, 'all') })),
    references: references.map(referenceFigures),
    trainings,
    factors: {
      size: sizeAnswer(input),
      coverage: coverageAnswer(input),
      languages: languagesAnswer(input),
      alignment: alignmentAnswer(input),
      synthetic: syntheticAnswer(input),
      null: nullAnswer(input),
    },
  };
}

function trainingFigures(table: FigureTable, training: MiniTraining): TrainingFigures[] {
  const english = training.readings.filter(({ language }) => language === 'english');
  return english.map(({ format, language }) => {
    const byStratum = (side: ComparedWith): ByStratum =>
      Object.fromEntries(
        [...STRATA, 'all' as const].map((cells) => [
          cells,
          table.of(training, { format, language: 'english', cells, with: side }),
        ]),
      ) as unknown as ByStratum;
    return {
      ...{ recipe: training.recipe, seed: training.seed, format, language },
      withPeople: byStratum('people'),
      withText: byStratum('text'),
    };
  });
}

function recipeStatus(world: MiniWorld, table: FigureTable, name: string): RecipeStatus {
  const recipe = world.recipes.find((one) => one.name === name);
  if (recipe === undefined) {
    throw new Error(`a recipe without a record: ${name}`);
  }
  const trained = world.trainings.filter((training) => training.recipe === name).map(({ seed }) => seed);
  const on = (cells: CellsName): Measure => ({ ...PLAIN, figure: 'deviation r', cells, with: 'people' });
  return {
    ...recipe,
    trained: trained.toSorted((a, b) => a - b),
    missing: Array.from({ length: recipe.seeds }, (_, turn) => turn + 1).filter(
      (seed) => !trained.includes(seed),
    ),
    seen: seedValues(world, table, name, on('seen')),
    heldOut: seedValues(world, table, name, on('held-out cells')),
  };
}

function known({ people }: FigureTable, part: Uint8Array): number {
  return part.reduce((sum, one, cell) => sum + one * (people.scores.present[cell] ?? 0), 0);
}
