import type { MiniFactor, MiniRecipe } from '../../analysis/mini-world/mini-world.js';
import { dataPath } from '../../files/data-folder.js';
import { parseJson, readTextFile } from '../../files/read-json.js';
import { type RecipesFile, recipesSchema } from './recipes-schema.js';

/** What recipes.json says, as far as the analyses need it. */
export interface MiniRecipes {
  readonly recipes: readonly MiniRecipe[];
  readonly factors: Readonly<Record<MiniFactor, readonly string[]>>;
  /** Constructed language -> continents whose countries outside the West speak it. */
  readonly speakers: ReadonlyMap<string, readonly string[]>;
  /** All tellings that the file defines. */
  readonly tellings: readonly string[];
}

const WHAT = 'the recipes of the mini models';

/** The recipes of the mini models. @throws InputError naming file and field of what is unknown or cannot be built */
export function loadRecipes(path: string = dataPath('models', 'mini', 'recipes.json')): MiniRecipes {
  return parseRecipes(readTextFile(path, WHAT), path);
}

/** The pure part of {@link loadRecipes}. */
export function parseRecipes(text: string, path: string): MiniRecipes {
  const file = parseJson(text, recipesSchema, { what: WHAT, path });
  return {
    recipes: Object.keys(file.recipes).map((name) => recipeOf(file, name)),
    factors: file.factors as Record<MiniFactor, readonly string[]>,
    speakers: new Map(
      Object.entries(file.languages).flatMap(([language, { continents }]) =>
        continents.length === 0 ? [] : [[language, continents] as const],
      ),
    ),
    tellings: Object.keys(file.tellings),
  };
}

function recipeOf(file: RecipesFile, name: string): MiniRecipe {
  const recipe = file.recipes[name];
  const size = file.sizes[recipe?.size ?? ''];
  if (recipe === undefined || size === undefined) {
    throw new Error(`a checked file without recipe ${name} or its size`);
  }
  const stages = recipe.stages.flatMap((stage) => file.stages[stage] ?? []);
  // What a text tells beside people's answers is what the recipe is about, in whichever stage it stands.
  const special = stages
    .flatMap(({ sources }) => sources.map(({ telling }) => telling))
    .findLast((telling) => telling !== 'people');
  return {
    name,
    size: recipe.size,
    parameters: parametersOf(size),
    seeds: recipe.seeds,
    stages: recipe.stages,
    tuned: stages.at(-1)?.forms === 'instruction',
    telling: special ?? 'people',
    formats: file.factors.alignment?.includes(name) === true ? ['plain', 'chat'] : ['plain'],
    languages: file.tokenizers[recipe.tokenizer]?.languages ?? ['english'],
  };
}

/** Parameters of a Llama without its embedding: attention, the gated layer, two norms for each layer, one at the end. */
function parametersOf({ width, layers, inner }: RecipesFile['sizes'][string]): number {
  return layers * (4 * width * width + 3 * width * inner + 2 * width) + width;
}
