import { z } from 'zod';
import type { MiniRecipe } from '../../analysis/mini-world/mini-world.js';
import { InputError } from '../../files/input-error.js';
import { readJsonFile } from '../../files/read-json.js';

const record = z.looseObject({
  recipe: z.string(),
  seed: z.int(),
  identity: z.string().min(1),
  parameters: z.looseObject({ withoutEmbedding: z.int().min(1) }),
  stages: z
    .array(z.looseObject({ name: z.string(), steps: z.int().min(1), tokensComputed: z.int().min(1) }))
    .min(1),
});

/** What made the readings of one training. */
export interface SeedRecord {
  readonly identity: string;
  readonly stages: readonly {
    readonly name: string;
    readonly steps: number;
    readonly tokensComputed: number;
  }[];
}

/** How a training's files are made again. */
export function trainAgain(recipe: string, seed: number): string {
  return `Make it again: \`python make.py train ${recipe} --seed ${seed}\` in data/models/mini/make.`;
}

/**
 * The record beside the readings of a training.
 *
 * @throws InputError when it is about another training, or about other stages or another size than the recipe has now
 */
export function readSeedRecord(path: string, recipe: MiniRecipe, seed: number): SeedRecord {
  const found = readJsonFile(path, record, `the record of ${recipe.name} seed ${seed}`);
  const stages = found.stages.map(({ name }) => name);
  const problems = [
    { field: 'recipe', is: found.recipe, wanted: recipe.name },
    { field: 'seed', is: String(found.seed), wanted: String(seed) },
    { field: 'stages', is: stages.join(', '), wanted: recipe.stages.join(', ') },
    {
      field: 'parameters.withoutEmbedding',
      is: String(found.parameters.withoutEmbedding),
      wanted: String(recipe.parameters),
    },
  ].filter(({ is, wanted }) => is !== wanted);
  const [first] = problems;
  if (first !== undefined) {
    throw new InputError(
      `Reading the record of ${recipe.name} seed ${seed}: ${path}, field ${first.field}: found ${first.is}, expected ` +
        `${first.wanted}, as recipes.json has it. ${trainAgain(recipe.name, seed)}`,
    );
  }
  return { identity: found.identity, stages: found.stages };
}
