import { type FigureTable, figureTable } from '../figure-table.js';
import type { MiniFactor, MiniWorld } from '../mini-world.js';
import { type PredictabilityReference, predictabilityReferences } from '../predictability.js';
import { type Measure, type SeedValues, seedValues } from '../seed-values.js';

/** What the analysis of a factor is computed from. */
export interface FactorInput {
  readonly world: MiniWorld;
  readonly table: FigureTable;
  readonly references: readonly PredictabilityReference[];
}

/** Prepares a mini world for the analysis of its factors. Figures are computed when they are first asked for. */
export function factorInput(world: MiniWorld): FactorInput {
  const table = figureTable(world);
  const references = predictabilityReferences(table.people.scores, table.parts, table.western);
  return { world, table, references };
}

/** The figures of a factor's recipes, looked up by recipe. */
export interface FactorValues {
  /** A figure of all trainings of a recipe. */
  readonly of: (recipe: string, measure: Measure) => SeedValues;
  /** Names of the factor's recipes, in its order. */
  readonly recipes: readonly string[];
}

export function factorValues({ world, table }: FactorInput, factor: MiniFactor): FactorValues {
  return {
    of: (recipe, measure) => seedValues(world, table, recipe, measure),
    recipes: world.factors[factor],
  };
}

/**
 * The recipe in a place of a factor. The order of a factor's recipes says what each is for; the reader of recipes.json
 * checks how many there are.
 */
export function recipeAt(recipes: readonly string[], place: number): string {
  const recipe = recipes.at(place);
  if (recipe === undefined) {
    throw new Error(`a factor without a recipe in place ${place}`);
  }
  return recipe;
}
