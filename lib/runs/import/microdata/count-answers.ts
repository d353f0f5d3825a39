import type { Frequency } from '../../../survey/import/aggregate-cells.js';
import type { CodeRule } from '../../../survey/import/code-rules.js';
import { countProgress, type ProgressListener } from '../../progress.js';
import { itemColumn, NO_WHOLE_NUMBER, NOTHING_THERE, queryRows } from './answer-table.js';
import { type CheckedTable, wrongField } from './check-answers.js';

/** How codes that an item does not have are met: with an error, or as missing answers. */
export type UnknownCodes = 'refuse' | 'drop';

/** Answers by country, item and code, and what was left out. */
export interface CountedAnswers {
  readonly frequencies: readonly Frequency[];
  /** Fields with a negative code, by code. */
  readonly missing: ReadonlyMap<number, number>;
  /** Fields with nothing in them. */
  readonly blank: number;
  /** Fields with a code that the item does not have, where these are dropped. */
  readonly unknown: number;
}

/** A code of one column, with the item that it should belong to. */
interface Misfit {
  readonly place: number;
  readonly rule: CodeRule;
  readonly column: string;
  readonly code: number;
}

/**
 * Counts the answers to every item in every country, weighted and not.
 *
 * @param countryOf ISO3 code of every country code of the file
 * @throws InputError naming the first row and column that holds text or a code that the item does not have
 */
export async function countAnswers(
  checked: CheckedTable,
  {
    countryOf,
    unknownCodes,
    onProgress,
  }: {
    readonly countryOf: ReadonlyMap<string, string>;
    readonly unknownCodes: UnknownCodes;
    readonly onProgress: ProgressListener;
  },
): Promise<CountedAnswers> {
  const { db, found } = checked;
  const progress = countProgress(onProgress, {
    label: 'items counted:',
    total: found.items.length,
    alreadyDone: 0,
  });
  const frequencies: Frequency[] = [];
  const missing = new Map<number, number>();
  const misfits: Misfit[] = [];
  let [blank, unknown] = [0, 0];
  for (const [place, { rule, column }] of found.items.entries()) {
    // fsum adds with a running compensation: the order of the rows then moves nothing that is printed.
    const rows = await queryRows(
      db,
      `SELECT country_code, ${itemColumn(place)} AS code, count(*) AS n, fsum(weight) AS weight, min(rowid) AS first ` +
        `FROM answers GROUP BY ALL ORDER BY country_code, code`,
    );
    for (const { country_code: countryCode, code: raw, n: count, weight, first } of rows) {
      const [code, n] = [Number(raw), Number(count)];
      const bankCode = rule.codes.get(code);
      if (code === NOTHING_THERE) {
        blank += n;
      } else if (bankCode !== undefined) {
        const country = countryOf.get(String(countryCode)) ?? '';
        frequencies.push({ country, variable: rule.variable, code: bankCode, n, weight: Number(weight) });
      } else if (code < 0 && code !== NO_WHOLE_NUMBER) {
        missing.set(code, (missing.get(code) ?? 0) + n);
      } else if (code !== NO_WHOLE_NUMBER && unknownCodes === 'drop') {
        unknown += n;
      } else {
        misfits.push({ place: Number(first), rule, column, code });
      }
    }
    progress.advance(1);
  }
  const [first] = misfits.toSorted((a, b) => a.place - b.place);
  if (first !== undefined) {
    throw await misfitError(checked, first);
  }
  return { frequencies: merged(frequencies), missing, blank, unknown };
}

function misfitError(checked: CheckedTable, { place, rule, column, code }: Misfit): Promise<Error> {
  const options = [...rule.codes.keys()].sort((a, b) => a - b).join(', ');
  return wrongField(checked, place, column, {
    expected: `a code of ${rule.variable} (${options}) or a negative one for a missing answer`,
    wayOut:
      code === NO_WHOLE_NUMBER
        ? 'Mend the row, or download the file again.'
        : 'Mend the row, or take such answers as missing with --unknown-codes drop.',
  });
}

/** Two codes of a file may mean one of the bank, and two surveys may have asked in one country. */
function merged(frequencies: readonly Frequency[]): Frequency[] {
  const byKey = new Map<string, Frequency>();
  for (const one of frequencies) {
    const key = `${one.country} ${one.variable} ${one.code}`;
    const earlier = byKey.get(key);
    byKey.set(
      key,
      earlier === undefined ? one : { ...one, n: earlier.n + one.n, weight: earlier.weight + one.weight },
    );
  }
  return [...byKey.values()];
}
