import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MiniRecipe } from '../../../lib/analysis/mini-world/mini-world.js';
import { knownCells } from '../../../lib/runs/mini-world/known-cells.js';
import { readSeedReadings } from '../../../lib/runs/mini-world/seed-readings.js';
import { cellAt } from '../../../lib/statistics/masked-matrix.js';
import { plantedWorld } from '../../support/planted-mini-world.js';
import { type FixtureColumn, temporaryFolders, writeParquet, writeText } from './parquet-fixture.js';
import { seedColumns } from './world-files.js';

const world = plantedWorld();
const known = { ...knownCells(world), speakers: world.speakers };
const folder = temporaryFolders()();
let files = 0;

const recipeOf = (name: string): MiniRecipe => world.recipes.find((one) => one.name === name) as MiniRecipe;
const trainingOf = (name: string) =>
  world.trainings.find(({ recipe }) => recipe === name) as (typeof world.trainings)[number];

async function read(name: string, columns: readonly FixtureColumn[]) {
  files += 1;
  const path = join(folder, `${files}.parquet`);
  await writeParquet(path, columns);
  return readSeedReadings(path, recipeOf(name), 1, known);
}

const small = () => seedColumns(world, trainingOf('mini-small'));

/** Columns with one value changed. */
function withValue(column: string, row: number, value: string | number | null): FixtureColumn[] {
  return small().map((one) => (one.name === column ? { ...one, values: one.values.with(row, value) } : one));
}

const withoutRow = (row: number): FixtureColumn[] =>
  small().map((column) => ({ ...column, values: column.values.toSpliced(row, 1) }));

describe('the readings of a training', () => {
  it('come back as they were written, up to float32', async () => {
    const found = await read('mini-small', small());
    const { readings } = trainingOf('mini-small');
    expect(found.map(({ format, language }) => `${format} ${language}`)).toEqual([
      'plain english',
      'chat english',
    ]);
    for (const [c] of world.countries.entries()) {
      for (const [i] of world.items.entries()) {
        for (const [way, { scores, optionMass }] of readings.entries()) {
          const one = found[way];
          expect(one && cellAt(one.scores, c, i)).toBeCloseTo(cellAt(scores, c, i) ?? 9, 6);
          expect(one && cellAt(one.optionMass, c, i)).toBeCloseTo(cellAt(optionMass, c, i) ?? 9, 6);
        }
      }
    }
  });

  it('hold other languages for their speakers only, where the recipe reads them', async () => {
    const found = await read('mini-one-language', seedColumns(world, trainingOf('mini-one-language')));
    expect(found.map(({ language }) => language)).toEqual(['english', 'english', 'vona', 'teski']);
    const vona = found[2];
    expect(vona && [3, 4, 9, 10].map((c) => cellAt(vona.scores, c, 0) !== null)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('need no chat unless their recipe is compared in both formats', async () => {
    const plain = (name: string) =>
      seedColumns(world, { ...trainingOf(name), readings: trainingOf(name).readings.slice(0, 1) });
    expect((await read('mini-small', plain('mini-small'))).map(({ format }) => format)).toEqual(['plain']);
    await expect(read('mini-base', plain('mini-base'))).rejects.toThrow(
      /mini-base seed 1: .* lacks 1248 cells of chat in english, AAA Q1 first/,
    );
  });

  it('leave an item without a mean empty and refuse a score there', async () => {
    const items = world.items.map((item, place) => (place === 0 ? { ...item, canMean: false } : item));
    const nominal = { ...knownCells({ ...world, items }), speakers: world.speakers };
    const path = join(folder, 'nominal.parquet');
    await writeParquet(path, small());
    await expect(readSeedReadings(path, recipeOf('mini-small'), 1, nominal)).rejects.toThrow(
      /row 1, column mean_score: found .*expected nothing \(NULL\), since Q1 carries no mean/,
    );
    const variables = small().find(({ name }) => name === 'variable')?.values ?? [];
    await writeParquet(
      path,
      small().map((one) =>
        one.name === 'mean_score'
          ? { ...one, values: one.values.map((value, row) => (variables[row] === 'Q1' ? null : value)) }
          : one,
      ),
    );
    const [plain] = await readSeedReadings(path, recipeOf('mini-small'), 1, nominal);
    expect(plain?.scores.columns).toBe(world.items.length - 1);
  });

  it.each<[string, () => FixtureColumn[], RegExp]>([
    [
      'an unknown column',
      () => [...small(), { name: 'note', type: 'VARCHAR', values: small()[0]?.values.map(() => 'x') ?? [] }],
      /has the unknown column note VARCHAR\. Expected format VARCHAR, language VARCHAR/,
    ],
    ['a missing column', () => small().slice(0, -1), /lacks the column option_mass FLOAT/],
    [
      'a column of another type',
      () => small().map((one) => (one.name === 'mean_score' ? { ...one, type: 'DOUBLE' } : one)),
      /has the unknown column mean_score DOUBLE/,
    ],
    [
      'a NaN',
      () => withValue('mean_score', 6, Number.NaN),
      /row 7, column mean_score: found NaN, expected a number from -1 to 1/,
    ],
    [
      'a score missing',
      () => withValue('mean_score', 6, null),
      /row 7, column mean_score: found nothing \(NULL\)/,
    ],
    ['a score beyond 1', () => withValue('mean_score', 6, 1.5), /row 7, column mean_score: found 1\.5/],
    [
      'a mass beyond 1',
      () => withValue('option_mass', 0, 1.2),
      /row 1, column option_mass: found 1\.2\d*, expected a number from 0 to 1/,
    ],
    ['an unknown country', () => withValue('country', 2, 'XYZ'), /row 3, column country: found "XYZ"/],
    ['an unknown variable', () => withValue('variable', 2, 'Q999'), /row 3, column variable: found "Q999"/],
    [
      'an unknown format',
      () => withValue('format', 2, 'song'),
      /row 3, column format: found "song", expected one of plain in english/,
    ],
    ['a language not read', () => withValue('language', 2, 'vona'), /row 3, column language: found "vona"/],
    [
      'a cell twice',
      () => withValue('country', 1, 'AAA'),
      /row 2, column variable: found "AAA Q1", expected each cell once/,
    ],
    ['a gap', () => withoutRow(0), /lacks 1 cells of plain in english, AAA Q1 first/],
  ])('refuse %s, and say how to make them again', async (_, columns, message) => {
    const failed = read('mini-small', columns());
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow(/mini-small seed 1: .*\.parquet/);
    await expect(failed).rejects.toThrow(
      '`python make.py train mini-small --seed 1` in data/models/mini/make',
    );
  });

  it('refuse a file that is no Parquet file', async () => {
    const path = join(folder, 'text.parquet');
    writeText(path, 'not Parquet');
    await expect(readSeedReadings(path, recipeOf('mini-small'), 1, known)).rejects.toThrow(
      /text\.parquet cannot be read .*Expected a whole Parquet file\. Make it again/,
    );
  });

  it('refuse a country in a language that it does not speak', async () => {
    const columns = seedColumns(world, trainingOf('mini-one-language'));
    const languages = columns.find(({ name }) => name === 'language')?.values ?? [];
    const row = languages.indexOf('vona');
    const wrong = columns.map((one) =>
      one.name === 'country' ? { ...one, values: one.values.with(row, 'AAA') } : one,
    );
    await expect(read('mini-one-language', wrong)).rejects.toThrow(
      /column country: found "AAA", expected a country that speaks vona/,
    );
  });
});
