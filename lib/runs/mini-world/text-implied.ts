import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataPath } from '../../files/data-folder.js';
import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import { readTable, type TableSource } from '../store/index.js';
import {
  cellFiller,
  type KnownCells,
  knownCell,
  metCells,
  numberBetween,
  tableError,
} from './known-cells.js';

/** Text-implied means by telling, and the tellings whose file is not there. */
export interface TextImplied {
  readonly means: ReadonlyMap<string, MaskedMatrix>;
  readonly missing: readonly string[];
}

const COLUMNS = [
  { name: 'variable', type: 'VARCHAR' },
  { name: 'country', type: 'VARCHAR' },
  { name: 'mean_score', type: 'FLOAT' },
] as const;

/**
 * What the text of each telling says: mean scores in [-1, 1] of the cells that stand in it. A telling sampled from a teacher
 * has no file before the teacher is trained; it is listed as missing.
 *
 * @param folder holds `<telling>.parquet`
 * @throws InputError naming file, row and column
 */
export async function loadTextImplied(
  tellings: readonly string[],
  known: KnownCells,
  folder: string = dataPath('models', 'mini', 'text-implied'),
): Promise<TextImplied> {
  const means = new Map<string, MaskedMatrix>();
  const missing: string[] = [];
  for (const telling of tellings) {
    const path = join(folder, `${telling}.parquet`);
    if (existsSync(path)) {
      means.set(telling, await readTextImplied(telling, path, known));
    } else {
      missing.push(telling);
    }
  }
  return { means, missing };
}

async function readTextImplied(telling: string, path: string, known: KnownCells): Promise<MaskedMatrix> {
  const source: TableSource = {
    path,
    what: 'text-implied means',
    remedy: `Make it again: \`python make.py tell ${telling}\` in data/models/mini/make.`,
  };
  const columns = await readTable(source, COLUMNS);
  const filler = cellFiller(known);
  const met = metCells(known);
  for (const [row, given] of columns.variable.entries()) {
    const cell = knownCell(known, source, row, { country: columns.country[row], variable: given });
    if (met.meet(cell.country, cell.variable)) {
      const key = `${cell.country} ${cell.variable}`;
      throw tableError(source, { row, column: 'variable' }, key, 'each cell once');
    }
    if (!known.columnOf.has(cell.variable)) {
      throw tableError(source, { row, column: 'variable' }, cell.variable, 'an item that carries a mean');
    }
    const place = { row, column: 'mean_score' };
    filler.set(cell.country, cell.variable, numberBetween(source, place, columns.mean_score[row], [-1, 1]));
  }
  return filler.matrix();
}
