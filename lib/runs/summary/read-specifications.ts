import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, messageOf } from '../../files/input-error.js';
import { type CsvRow, parseCsv } from '../../files/read-csv.js';
import { readTextFile } from '../../files/read-json.js';
import { SPECIFICATION_COLUMNS, type SpecificationRow } from '../robustness/specification-rows.js';
import { WRITE_AGAIN } from './read-summary.js';

const WHAT = 'the specifications of a study';

/**
 * Reads the `specifications.csv` of a study back; empty where its models were asked in the country-free wording alone.
 *
 * @param folder that holds it, beside `summary.json`
 * @throws InputError naming file and line of what is missing or damaged, with the way to write it again
 */
export function readSpecifications(folder: string): SpecificationRow[] {
  const path = join(folder, 'specifications.csv');
  if (!existsSync(path)) {
    throw new InputError(
      `Reading ${WHAT}: ${path} is missing. Expected it beside summary.json, as a study writes both. ${WRITE_AGAIN}`,
    );
  }
  const text = readTextFile(path, WHAT);
  if (text.trim() === SPECIFICATION_COLUMNS.join()) {
    return [];
  }
  return parsed(text, path).map(({ line, values }) => {
    const problem = (column: keyof SpecificationRow, expected: string): InputError =>
      new InputError(
        `Reading ${WHAT}: ${path}, line ${line}, column ${column}: found "${values[column]}", expected ${expected}. ${WRITE_AGAIN}`,
      );
    const number = (column: keyof SpecificationRow): number | null => {
      const value = values[column] === '' ? null : Number(values[column]);
      if (value !== null && !Number.isFinite(value)) {
        throw problem(column, 'a number or nothing');
      }
      return value;
    };
    const flag = (column: 'chosen' | 'counted'): 0 | 1 => {
      const value = number(column);
      if (value !== 0 && value !== 1) {
        throw problem(column, '0 or 1');
      }
      return value;
    };
    return {
      ...values,
      ...{ chosen: flag('chosen'), counted: flag('counted') },
      ...{ r: number('r'), deviation_r: number('deviation_r'), r_within_items: number('r_within_items') },
      west_minus_others: number('west_minus_others'),
      item_means_r: number('item_means_r'),
      item_means_west_minus_others: number('item_means_west_minus_others'),
    };
  });
}

function parsed(text: string, path: string): CsvRow<keyof SpecificationRow>[] {
  try {
    return parseCsv(text, SPECIFICATION_COLUMNS, { path, what: WHAT });
  } catch (error) {
    throw new InputError(`${messageOf(error)} ${WRITE_AGAIN}`);
  }
}
