import { InputError } from '../files/input-error.js';
import type { AnswerShare, Item } from '../types.js';
import type { ShareRow } from './aggregate-files.js';

/** The shares of one cell after special codes have been dropped. */
export interface CellShares {
  /** Unweighted shares of the item's options, in their order, summing to 1. */
  readonly unweighted: readonly AnswerShare[];
  /** Weighted shares, or null where no weights can be had. */
  readonly weighted: readonly AnswerShare[] | null;
  /** Answers behind them, special codes left out; null where the source does not tell. */
  readonly respondents: number | null;
  readonly source: string;
}

/** Shares are printed with six decimals; eleven of them may miss 1 by a few millionths. */
const SUM_TOLERANCE = 1e-4;

/**
 * The share rows of one country and item, checked, without special codes, and renormalised over what is left.
 *
 * @throws InputError naming the line for a code that the item neither offers nor drops or that occurs twice, and
 *   naming the cell for a missing share or shares that do not sum to 1
 */
export function cellShares(item: Item, rows: readonly ShareRow[], path: string): CellShares {
  const byCode = new Map<number, ShareRow>();
  const options = new Set(item.options.map((option) => option.code));
  for (const row of rows) {
    const place = `Reading the answer shares: ${path} line ${row.line} (${row.country} ${row.variable})`;
    if (!options.has(row.code) && !item.droppedCodes.includes(row.code)) {
      throw new InputError(
        `${place}: found option_code ${row.code}. Expected an option (${[...options].join(', ') || 'none'}) ` +
          `or a special code (${item.droppedCodes.join(', ') || 'none'}) of the item bank. Correct the file or the item.`,
      );
    }
    if (byCode.has(row.code)) {
      throw new InputError(
        `${place}: option_code ${row.code} occurs twice in this cell. Remove one of the rows.`,
      );
    }
    byCode.set(row.code, row);
  }
  const first = rows[0];
  const missing = [...options].find((code) => !byCode.has(code));
  if (first === undefined || missing !== undefined) {
    const cell = first === undefined ? item.variable : `${first.country} ${item.variable}`;
    throw new InputError(
      `Reading the answer shares: ${path}, cell ${cell}: option_code ${missing ?? 'of any kind'} has no row. ` +
        'Expected a row for every option; an answer that nobody gave has the share 0.',
    );
  }
  const cell = `${path}, cell ${first.country} ${item.variable}`;
  const unweighted = pick(item, byCode, 'unweighted', cell);
  const anyWeighted = rows.some((row) => row.weighted !== null);
  return {
    unweighted: unweighted.shares,
    weighted: anyWeighted ? pick(item, byCode, 'weighted', cell).shares : null,
    respondents: first.respondents === null ? null : Math.round(first.respondents * unweighted.keptShare),
    source: first.source,
  };
}

function pick(
  item: Item,
  byCode: ReadonlyMap<number, ShareRow>,
  kind: 'weighted' | 'unweighted',
  cell: string,
): { shares: AnswerShare[]; keptShare: number } {
  const column = `share_${kind}`;
  let sum = 0;
  for (const row of byCode.values()) {
    const share = row[kind];
    if (share === null) {
      throw new InputError(
        `Reading the answer shares: ${cell}, line ${row.line}: ${column} is blank while the cell has others. ` +
          'Expected a share for every code of the cell.',
      );
    }
    sum += share;
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) {
    throw new InputError(
      `Reading the answer shares: ${cell}: ${column} sums to ${sum.toFixed(6)}. Expected 1 within ${SUM_TOLERANCE}.`,
    );
  }
  const kept = item.options.map(({ code }) => ({ code, share: byCode.get(code)?.[kind] ?? 0 }));
  const keptShare = kept.reduce((total, { share }) => total + share, 0);
  if (keptShare === 0) {
    throw new InputError(
      `Reading the answer shares: ${cell}: every answer has a special code (${item.droppedCodes.join(', ')}), ` +
        'so no share is left. Expected at least one valid answer; remove the rows of the cell.',
    );
  }
  return { shares: kept.map(({ code, share }) => ({ code, share: share / keptShare })), keptShare };
}
