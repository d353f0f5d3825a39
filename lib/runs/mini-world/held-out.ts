import type { HeldOutKind } from '../../analysis/mini-world/mini-world.js';
import { dataPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { parseCsv } from '../../files/read-csv.js';
import { readTextFile } from '../../files/read-json.js';
import { fieldError, wordField } from '../../survey/csv-fields.js';
import type { KnownCells } from './known-cells.js';

const KINDS: readonly HeldOutKind[] = ['country', 'block', 'cell'];

const COLUMNS = ['iso3', 'variable', 'held_out'] as const;

const WHAT = 'the held-out cells';

/** Kind of a held-out cell; null for a cell that is in the text. */
export type HeldOut = (country: string, variable: string) => HeldOutKind | null;

/** Which country x item cells stand in no text. @throws InputError naming line and column of what is not known */
export function loadHeldOut(
  known: KnownCells,
  path: string = dataPath('models', 'mini', 'held-out.csv'),
): HeldOut {
  return parseHeldOut(readTextFile(path, WHAT), path, known);
}

/** The pure part of {@link loadHeldOut}. */
export function parseHeldOut(text: string, path: string, known: KnownCells): HeldOut {
  const source = { path, what: WHAT };
  const kinds = new Map<string, { readonly kind: HeldOutKind; readonly line: number }>();
  for (const row of parseCsv(text, COLUMNS, source)) {
    const { iso3, variable } = row.values;
    if (!known.rowOf.has(iso3)) {
      throw fieldError(source, row, 'iso3', `the ISO3 code of a country that is asked about ${WAY_OUT}`);
    }
    if (!known.placeOf.has(variable)) {
      throw fieldError(source, row, 'variable', `the variable of an item that is asked ${WAY_OUT}`);
    }
    const key = `${iso3} ${variable}`;
    const earlier = kinds.get(key);
    if (earlier !== undefined) {
      throw new InputError(
        `Reading ${WHAT}: ${path} line ${row.line}: ${key} is in line ${earlier.line} already. Expected each cell once ${WAY_OUT}.`,
      );
    }
    kinds.set(key, { kind: wordField(source, row, 'held_out', KINDS), line: row.line });
  }
  return (country, variable) => kinds.get(`${country} ${variable}`)?.kind ?? null;
}

const WAY_OUT = '(`python make.py tell` in data/models/mini/make writes the file)';
