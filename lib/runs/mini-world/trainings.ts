import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MiniTraining } from '../../analysis/mini-world/mini-world.js';
import { dataPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import type { KnownCells } from './known-cells.js';
import type { MiniRecipes } from './recipes.js';
import { readSeedReadings } from './seed-readings.js';
import { readSeedRecord } from './seed-record.js';

/** A training of a recipe. */
export interface SeedOfRecipe {
  readonly recipe: string;
  readonly seed: number;
}

/** The trainings that are there, and those that recipes.json names and are not. */
export interface Trainings {
  readonly trainings: readonly MiniTraining[];
  readonly missing: readonly SeedOfRecipe[];
}

/**
 * The readings of all trainings that are finished. One without its two files (readings and record) is not finished and is
 * listed as missing.
 *
 * @param options.folder holds `<recipe>/<seed>.parquet` and `<recipe>/<seed>.json`
 * @param options.onTraining told after each training read, with how many there are
 * @throws InputError for a recipe or a seed that recipes.json does not have, and for a file that cannot be used
 */
export async function loadTrainings(
  { recipes, speakers }: MiniRecipes,
  known: KnownCells,
  options: { readonly folder?: string; readonly onTraining?: (of: number) => void } = {},
): Promise<Trainings> {
  const folder = options.folder ?? dataPath('readings', 'mini', 'seeds');
  requireKnown(recipes, folder);
  const planned = recipes.flatMap((recipe) =>
    Array.from({ length: recipe.seeds }, (_, turn) => ({ recipe, seed: turn + 1 })),
  );
  const path = (name: string, seed: number, type: 'parquet' | 'json'): string =>
    join(folder, name, `${seed}.${type}`);
  const isThere = ({ recipe, seed }: (typeof planned)[number]): boolean =>
    existsSync(path(recipe.name, seed, 'parquet')) && existsSync(path(recipe.name, seed, 'json'));
  const there = planned.filter(isThere);
  const trainings: MiniTraining[] = [];
  for (const { recipe, seed } of there) {
    readSeedRecord(path(recipe.name, seed, 'json'), recipe, seed);
    const readings = await readSeedReadings(path(recipe.name, seed, 'parquet'), recipe, seed, {
      ...known,
      speakers,
    });
    trainings.push({ recipe: recipe.name, seed, readings });
    options.onTraining?.(there.length);
  }
  return {
    trainings,
    missing: planned
      .filter((one) => !isThere(one))
      .map(({ recipe, seed }) => ({ recipe: recipe.name, seed })),
  };
}

/** Refuses folders of unknown recipes and files of unknown seeds: they are remains, or recipes.json is another one. */
function requireKnown(recipes: MiniRecipes['recipes'], folder: string): void {
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  for (const { name } of names) {
    const recipe = recipes.find((one) => one.name === name);
    if (recipe === undefined) {
      throw new InputError(
        `Reading the trainings of the mini models: ${join(folder, name)} is of a recipe that recipes.json does not have. Expected ` +
          `one of ${recipes.map((one) => one.name).join(', ')}. Remove the folder, or add the recipe and train it: ` +
          `\`python make.py train ${name}\` in data/models/mini/make.`,
      );
    }
    for (const file of readdirSync(join(folder, name))) {
      const seed = Number(/^(\d+)\.(parquet|json)$/.exec(file)?.[1] ?? '1');
      if (seed < 1 || seed > recipe.seeds) {
        throw new InputError(
          `Reading the trainings of the mini models: ${join(folder, name, file)} is of seed ${seed}. Expected seeds 1 to ` +
            `${recipe.seeds}, as recipes.json has them. Remove the file, or raise the number of seeds there and train it: ` +
            `\`python make.py train ${name} --seed ${seed}\` in data/models/mini/make.`,
        );
      }
    }
  }
}
