import type { AskedReadings, MiniRecipe } from '../../analysis/mini-world/mini-world.js';
import { InputError } from '../../files/input-error.js';
import { readTable, type TableSource } from '../store/index.js';
import { type ExpectedWay, expectedWays, type KnownSpeakers } from './expected-ways.js';
import {
  type CellFiller,
  cellFiller,
  type KnownCells,
  knownCell,
  type MetCells,
  metCells,
  numberBetween,
  tableError,
} from './known-cells.js';
import { trainAgain } from './seed-record.js';

const COLUMNS = [
  { name: 'format', type: 'VARCHAR' },
  { name: 'language', type: 'VARCHAR' },
  { name: 'variable', type: 'VARCHAR' },
  { name: 'country', type: 'VARCHAR' },
  { name: 'mean_score', type: 'FLOAT' },
  { name: 'option_mass', type: 'FLOAT' },
] as const;

interface Filled extends ExpectedWay {
  readonly scores: CellFiller;
  readonly optionMass: CellFiller;
  readonly met: MetCells;
}

/**
 * What one training answers, for each way of asking (see {@link expectedWays}).
 *
 * @throws InputError naming row and column of what is unknown, out of range or there twice, and for a file with gaps
 */
export async function readSeedReadings(
  path: string,
  recipe: MiniRecipe,
  seed: number,
  known: KnownSpeakers,
): Promise<AskedReadings[]> {
  const source: TableSource = {
    path,
    what: `the readings of ${recipe.name} seed ${seed}`,
    remedy: trainAgain(recipe.name, seed),
  };
  const columns = await readTable(source, COLUMNS);
  const ways = expectedWays(recipe, known).map(
    (way): Filled => ({
      ...way,
      scores: cellFiller(known),
      optionMass: cellFiller(known),
      met: metCells(known),
    }),
  );
  for (const [row, format] of columns.format.entries()) {
    const language = columns.language[row];
    const cell = knownCell(known, source, row, {
      country: columns.country[row],
      variable: columns.variable[row],
    });
    const way = wayOf(ways, source, row, { format, language });
    if (!way.countries.has(cell.country)) {
      throw tableError(
        source,
        { row, column: 'country' },
        cell.country,
        `a country that speaks ${way.language}`,
      );
    }
    if (way.met.meet(cell.country, cell.variable)) {
      const place = { row, column: 'variable' };
      const key = `${cell.country} ${cell.variable}`;
      throw tableError(source, place, key, 'each cell once for each way of asking');
    }
    const mass = numberBetween(source, { row, column: 'option_mass' }, columns.option_mass[row], [0, 1]);
    way.optionMass.set(cell.country, cell.variable, mass);
    const score = scoreOf(known, source, row, cell.variable, columns.mean_score[row]);
    if (score !== null) {
      way.scores.set(cell.country, cell.variable, score);
    }
  }
  const there = ways.filter(({ mayBeAbsent, met }) => !(mayBeAbsent && met.count() === 0));
  return there.map((way) => {
    requireWhole(way, source, known);
    return {
      ...{ format: way.format, language: way.language },
      ...{ scores: way.scores.matrix(), optionMass: way.optionMass.matrix() },
    };
  });
}

function wayOf(
  ways: readonly Filled[],
  source: TableSource,
  row: number,
  { format, language }: { readonly format: unknown; readonly language: unknown },
): Filled {
  const found = ways.find((way) => way.format === format && way.language === language);
  if (found === undefined) {
    const known = [...new Set(ways.map((way) => way.format))];
    const column = known.some((one) => one === format) ? 'language' : 'format';
    const expected = ways.map((way) => `${way.format} in ${way.language}`).join(', ');
    throw tableError(source, { row, column }, column === 'format' ? format : language, `one of ${expected}`);
  }
  return found;
}

/** A mean score where the item carries one, else nothing. */
function scoreOf(
  known: KnownCells,
  source: TableSource,
  row: number,
  variable: string,
  found: unknown,
): number | null {
  const place = { row, column: 'mean_score' };
  if (known.columnOf.has(variable)) {
    return numberBetween(source, place, found, [-1, 1]);
  }
  if (found !== null) {
    throw tableError(source, place, found, `nothing (NULL), since ${variable} carries no mean`);
  }
  return null;
}

function requireWhole(
  { format, language, countries, met }: Filled,
  source: TableSource,
  known: KnownCells,
): void {
  const missing = [...countries].flatMap((country) =>
    known.asked.flatMap(({ variable }) => (met.has(country, variable) ? [] : [`${country} ${variable}`])),
  );
  if (missing.length > 0) {
    throw new InputError(
      `Reading ${source.what}: ${source.path} lacks ${missing.length} cells of ${format} in ${language}, ${missing[0]} first. ` +
        `Expected every item for ${countries.size} countries. ${source.remedy}`,
    );
  }
}
