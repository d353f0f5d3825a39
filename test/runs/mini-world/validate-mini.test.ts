import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { miniValidationTables } from '../../../lib/cli/tables/mini-world/mini-validation-tables.js';
import { loadMiniWorld } from '../../../lib/runs/mini-world/load-mini-world.js';
import { validateMini } from '../../../lib/runs/mini-world/validate-mini.js';
import { plantedWorld } from '../../support/planted-mini-world.js';
import { temporaryFolders, writeParquet, writeText } from './parquet-fixture.js';
import { seedRecord, textColumns, writeTraining, writeWorld } from './world-files.js';

// Two trainings of each recipe, of which mini-mixed lacks one: enough for every path, and little to write.
const world = plantedWorld({}, { missing: (recipe, seed) => seed > (recipe === 'mini-mixed' ? 1 : 2) });
const folder = temporaryFolders()();
const where = { models: join(folder, 'models'), seeds: join(folder, 'seeds'), questions: world };
const seedFile = (...parts: string[]): string => join(folder, 'seeds', ...parts);

beforeAll(() => writeWorld(folder, world), 120_000);

describe('a mini world', () => {
  it('is read whole, and what is unfinished is listed and no error', async () => {
    const found = await loadMiniWorld(where);
    expect(found.world.trainings).toHaveLength(29);
    expect(found.missing.tellings).toEqual([]);
    expect(found.missing.trainings).toContainEqual({ recipe: 'mini-mixed', seed: 2 });
    expect(found.missing.trainings).toHaveLength(2 * 14 + 3 + 2);
  });

  it('counts a training without its record as unfinished, and a text without its means as missing', async () => {
    const [training] = world.trainings;
    if (training === undefined) {
      throw new Error('a world without trainings');
    }
    rmSync(seedFile('mini-small', '1.json'));
    rmSync(join(folder, 'models', 'text-implied', 'synthetic.parquet'));
    const { missing } = await loadMiniWorld(where);
    expect(missing.trainings).toContainEqual({ recipe: 'mini-small', seed: 1 });
    expect(missing.tellings).toEqual(['synthetic']);
    await writeTraining(folder, world, training);
    const means = world.textImplied.get('synthetic');
    if (means !== undefined) {
      await writeParquet(
        join(folder, 'models', 'text-implied', 'synthetic.parquet'),
        textColumns(world, means),
      );
    }
  });

  it('refuses a recipe and a seed that recipes.json does not have', async () => {
    mkdirSync(seedFile('mini-huge'));
    await expect(loadMiniWorld(where)).rejects.toThrow(
      /mini-huge is of a recipe that recipes\.json does not have\. .*`python make\.py train mini-huge`/,
    );
    rmSync(seedFile('mini-huge'), { recursive: true });
    writeText(seedFile('mini-small', '9.json'), '{}');
    await expect(loadMiniWorld(where)).rejects.toThrow(/9\.json is of seed 9\. Expected seeds 1 to 4/);
    rmSync(seedFile('mini-small', '9.json'));
  });

  it.each([
    ['seed', (text: string) => text.replace('"seed":1', '"seed":2'), 'field seed: found 2, expected 1'],
    [
      'stages',
      (text: string) => text.replace('"reads"', '"sleeps"'),
      'field stages: found sleeps, tuned, expected reads, tuned',
    ],
    [
      'size',
      (text: string) => text.replace(/"withoutEmbedding":\d+/, '"withoutEmbedding":7'),
      'found 7, expected',
    ],
    ['identity', (text: string) => text.replace('"identity":"abc",', ''), 'identity: '],
  ])('refuses a record whose %s is another', async (_, change, message) => {
    const path = seedFile('mini-small', '1.json');
    const right = seedRecord(world, 'mini-small', 1);
    writeText(path, change(right));
    await expect(loadMiniWorld(where)).rejects.toThrow(message);
    writeText(path, right);
  });

  it('refuses text-implied means with an unknown country, and says how to make them again', async () => {
    const path = join(folder, 'models', 'text-implied', 'people.parquet');
    const means = world.textImplied.get('people');
    const columns = means === undefined ? [] : textColumns(world, means);
    await writeParquet(
      path,
      columns.map((one) => (one.name === 'country' ? { ...one, values: one.values.with(0, 'XYZ') } : one)),
    );
    await expect(loadMiniWorld(where)).rejects.toThrow(
      /people\.parquet row 1, column country: found "XYZ".*`python make\.py tell people` in data\/models\/mini\/make/,
    );
    await writeParquet(path, columns);
  });

  it('that has no training at all is refused with the command that trains', async () => {
    await expect(loadMiniWorld({ ...where, seeds: join(folder, 'none') })).rejects.toThrow(
      /none holds none\..*`python make\.py train all`/,
    );
  });
});

describe('the validation', () => {
  it('answers as it does of the world in memory, tells how far it is, and fits 120 columns', async () => {
    const told: string[] = [];
    const found = await validateMini({
      ...where,
      onProgress: ({ label, done }) => told.push(`${label} ${done}`),
    });
    expect(told.at(-1)).toBe('trainings compared 29');
    expect(told).toContain('trainings read 29');
    expect(found.recipes.find(({ name }) => name === 'mini-mixed')).toMatchObject({
      trained: [1],
      missing: [2, 3, 4],
    });
    expect(found.trainings).toHaveLength(58);
    const text = miniValidationTables(found);
    const tooWide = text.split('\n').filter((line) => [...line].length > 120);
    expect(tooWide).toEqual([]);
    expect(text).toMatch(/^mini-mixed +[\d,]+ +people +1 of 4 .* 2–4$/m);
    expect(text).toContain('no claim about mini-mixed');
    expect(text.replaceAll('\n', ' ')).toContain('These models say nothing about real language models');
    for (const sentences of Object.values(found.answers)) {
      expect(sentences.length).toBeGreaterThan(0);
      expect(sentences.join(' ')).not.toMatch(/undefined|NaN|null/);
    }
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});
