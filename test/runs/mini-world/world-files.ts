import { join } from 'node:path';
import type { MiniWorld } from '../../../lib/analysis/mini-world/mini-world.js';
import { cellAt, type MaskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { MINI_RECIPES } from '../../support/mini-recipes.js';
import { type FixtureColumn, writeParquet, writeText } from './parquet-fixture.js';

/** Writes all files of a planted world below a folder, as the Python maker does. */
export async function writeWorld(folder: string, world: MiniWorld): Promise<void> {
  writeText(join(folder, 'models', 'recipes.json'), JSON.stringify(MINI_RECIPES));
  writeText(join(folder, 'models', 'held-out.csv'), heldOutText(world));
  for (const [telling, means] of world.textImplied) {
    await writeParquet(
      join(folder, 'models', 'text-implied', `${telling}.parquet`),
      textColumns(world, means),
    );
  }
  for (const training of world.trainings) {
    await writeTraining(folder, world, training);
  }
}

/** Writes one training: readings and record. */
export async function writeTraining(
  folder: string,
  world: MiniWorld,
  training: MiniWorld['trainings'][number],
): Promise<void> {
  const { recipe, seed } = training;
  const path = join(folder, 'seeds', recipe, String(seed));
  await writeParquet(`${path}.parquet`, seedColumns(world, training));
  writeText(`${path}.json`, seedRecord(world, recipe, seed));
}

export function heldOutText({ countries, items, heldOut }: MiniWorld): string {
  const lines = countries.flatMap(({ iso3 }) =>
    items.flatMap(({ variable }) => {
      const kind = heldOut(iso3, variable);
      return kind === null ? [] : [`${iso3},${variable},${kind}`];
    }),
  );
  return ['iso3,variable,held_out', ...lines, ''].join('\n');
}

export function textColumns(world: MiniWorld, means: MaskedMatrix): FixtureColumn[] {
  const cells = cellsOf(world, means);
  return [
    { name: 'variable', type: 'VARCHAR', values: cells.map(({ variable }) => variable) },
    { name: 'country', type: 'VARCHAR', values: cells.map(({ country }) => country) },
    { name: 'mean_score', type: 'FLOAT', values: cells.map(({ value }) => value) },
  ];
}

export function seedColumns(world: MiniWorld, { readings }: MiniWorld['trainings'][number]): FixtureColumn[] {
  const rows = readings.flatMap(({ format, language, scores, optionMass }) => {
    const masses = cellsOf(world, optionMass);
    return cellsOf(world, scores).map((cell, turn) => ({
      format,
      language,
      ...cell,
      mass: masses[turn]?.value ?? 0,
    }));
  });
  return [
    { name: 'format', type: 'VARCHAR', values: rows.map(({ format }) => format) },
    { name: 'language', type: 'VARCHAR', values: rows.map(({ language }) => language) },
    { name: 'variable', type: 'VARCHAR', values: rows.map(({ variable }) => variable) },
    { name: 'country', type: 'VARCHAR', values: rows.map(({ country }) => country) },
    { name: 'mean_score', type: 'FLOAT', values: rows.map(({ value }) => value) },
    { name: 'option_mass', type: 'FLOAT', values: rows.map(({ mass }) => mass) },
  ];
}

export function seedRecord({ recipes }: MiniWorld, name: string, seed: number): string {
  const recipe = recipes.find((one) => one.name === name);
  return JSON.stringify({
    ...{ recipe: name, seed, identity: 'abc' },
    parameters: { withoutEmbedding: recipe?.parameters, embedding: 1, total: 2 },
    stages: (recipe?.stages ?? []).map((stage) => ({
      name: stage,
      steps: 10,
      tokensComputed: 100,
      losses: [],
    })),
    tools: { torch: '2' },
  });
}

function cellsOf(
  { countries, items }: MiniWorld,
  matrix: MaskedMatrix,
): { readonly country: string; readonly variable: string; readonly value: number }[] {
  return items.flatMap(({ variable }, i) =>
    countries.flatMap(({ iso3 }, c) => {
      const value = cellAt(matrix, c, i);
      return value === null ? [] : [{ country: iso3, variable, value }];
    }),
  );
}
