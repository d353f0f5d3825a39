import { InputError } from '../../files/input-error.js';
import { mean } from '../spread.js';
import { DEFAULT_LEVEL, type Interval, requireLevel, tInterval } from '../student-t.js';
import { groupJackknife } from './group-jackknife.js';
import { cellsByColumn, groupingOf, requireLabels } from './grouping.js';
import { DEFAULT_TERMS, FEWEST_GROUPS, FEWEST_ROWS, type Terms, tooFewGroups } from './interval-rules.js';
import type { RowStatistic } from './row-statistic.js';
import { jointDf, rowVariance } from './row-variance.js';

/** What is averaged over the rows of a matrix, and how its columns hang together. */
export interface RowMeanInput {
  readonly rows: number;
  readonly columns: number;
  /** rows x columns; 1 where the cell takes part. */
  readonly present: Uint8Array;
  /** For each column the name of its group (an item's battery). */
  readonly columnGroups: readonly string[];
  /** The number of each row; cells that are not kept must not enter it. */
  readonly rowValues: RowStatistic;
  /** For each row the name of its group (a country's cultural zone), where rows of one group may be alike. */
  readonly rowGroups?: readonly string[];
  /** Marks the rows of the first part: the estimate is then their mean minus the mean of the others. */
  readonly firstPart?: readonly boolean[];
  /** .95 by default. */
  readonly level?: number;
  readonly terms?: Terms;
}

/** A mean over rows, or the difference of two such means, with an interval. */
export interface RowMeanInterval {
  /** In the units of the row statistic; null where undefined. */
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly interval: Interval | null;
  /**
   * What the interval allows for: `columns` other columns like these, with the same rows; `columns-and-rows` other rows
   * too. Null without an interval.
   */
  readonly scope: 'columns' | 'columns-and-rows' | null;
  /** Why rows are taken as given; null where they are not, and without an interval. */
  readonly whyRowsFixed: string | null;
  /** The two parts of the variance; `rows` is null where rows are fixed. */
  readonly variance: { readonly columns: number; readonly rows: number | null } | null;
  /** Degrees of freedom; null without an interval. */
  readonly df: number | null;
  /** Groups of rows that the variance between rows rests on; null where rows count one by one. */
  readonly rowGroups: number | null;
  /** Rows averaged. */
  readonly rows: number;
  /** Rows left out because their number is undefined. */
  readonly undefinedRows: number;
  /** Groups of columns with at least one cell in use; the interval has one degree of freedom less. */
  readonly groups: number;
  /** Why there is no estimate, or no interval; null when both are there. */
  readonly reason: string | null;
}

/**
 * Mean of a row statistic ± t(g - 1) * sqrt(V_columns + V_rows).
 *
 * V_columns is the delete-one-group jackknife over the g groups of columns, V_rows the variance between rows divided by
 * their number (for a difference of two parts: the sum of both). The sum counts the noise of single cells twice and so errs
 * on the safe side. With fewer than {@link FEWEST_ROWS} rows (in either part) rows are fixed: V_rows is left out, and
 * `scope` and `whyRowsFixed` say so. With fewer than {@link FEWEST_GROUPS} groups there is no interval.
 *
 * @returns nulls with a reason where nothing is defined, for too few groups, and where leaving out a group leaves some
 *   row undefined
 * @throws InputError for labels or marks of another number, or a level outside (0, 1)
 */
export function rowMeanInterval(input: RowMeanInput): RowMeanInterval {
  const { level = DEFAULT_LEVEL } = input;
  const terms = { ...DEFAULT_TERMS, ...input.terms };
  requireShapes(input);
  requireLevel('rowMeanInterval', level);
  const whole = input.rowValues.of(input.present.slice());
  const defined = [...whole.keys()].filter((row) => whole[row] !== null);
  const present = withoutOtherRows(input, defined);
  const parts = partsOf(defined, input.firstPart);
  const byColumn = groupingOf(input.columnGroups);
  const without = input.rowValues.withoutEach?.(present, byColumn);
  const jackknife = groupJackknife({
    present,
    grouping: cellsByColumn(byColumn, input.rows),
    statistic: (kept) => contrastOf(input.rowValues.of(kept), parts),
    ...(without === undefined ? {} : { without: (group) => contrastOf(without[group] ?? [], parts) }),
  });
  const { estimate, variance: columns, groups } = jackknife;
  const counts = { rows: defined.length, undefinedRows: input.rows - defined.length, groups };
  const none = {
    standardError: null,
    interval: null,
    scope: null,
    whyRowsFixed: null,
    variance: null,
    df: null,
    rowGroups: null,
  };
  if (estimate === null) {
    const side = input.firstPart === undefined ? '' : ' in one of the two parts';
    return { ...none, estimate, ...counts, reason: `undefined for all ${terms.rows}${side}` };
  }
  if (groups < FEWEST_GROUPS) {
    return { ...none, estimate, ...counts, reason: tooFewGroups(groups, terms.columnGroups) };
  }
  if (columns === null) {
    return { ...none, estimate, ...counts, reason: jackknife.reason };
  }
  const fewest = Math.min(...parts.map((part) => part.length));
  const rowsFixed = fewest < FEWEST_ROWS;
  const between = rowsFixed ? null : rowVariance(whole, parts, input.rowGroups);
  const rows = between?.variance ?? null;
  const standardError = Math.sqrt(columns + (rows ?? 0));
  const df = between?.groups == null ? groups - 1 : jointDf({ columns, groups }, between);
  return {
    estimate,
    standardError,
    interval: tInterval({ estimate, standardError, df, level }),
    scope: rowsFixed ? 'columns' : 'columns-and-rows',
    whyRowsFixed: rowsFixed
      ? `only ${fewest} ${terms.rows}; fewer than ${FEWEST_ROWS} say little about others, so the interval is about these`
      : null,
    variance: { columns, rows },
    df,
    rowGroups: between?.groups ?? null,
    ...counts,
    reason: null,
  };
}

/** All rows as one part, or the marked ones and the others. */
function partsOf(rows: readonly number[], firstPart: readonly boolean[] | undefined): readonly number[][] {
  return firstPart === undefined
    ? [[...rows]]
    : [rows.filter((row) => firstPart[row] === true), rows.filter((row) => firstPart[row] !== true)];
}

/** Mean of the first part minus mean of the second if there is one; null where a row of them is undefined. */
function contrastOf(
  values: readonly (number | null)[],
  parts: readonly (readonly number[])[],
): number | null {
  const [first = null, second] = parts.map((part) => {
    const defined = part.flatMap((row) => values[row] ?? []);
    return defined.length < part.length ? null : mean(defined);
  });
  if (first === null || second === null) {
    return null;
  }
  return second === undefined ? first : first - second;
}

function withoutOtherRows({ present, columns }: RowMeanInput, rows: readonly number[]): Uint8Array {
  const kept = new Uint8Array(present.length);
  for (const row of rows) {
    kept.set(present.subarray(row * columns, (row + 1) * columns), row * columns);
  }
  return kept;
}

function requireShapes({ rows, columns, present, columnGroups, firstPart }: RowMeanInput): void {
  requireLabels(columnGroups, columns, 'columns');
  if (present.length !== rows * columns || (firstPart !== undefined && firstPart.length !== rows)) {
    throw new InputError(
      `rowMeanInterval needs ${rows} x ${columns} cells and a mark for each of ${rows} rows if any, ` +
        `got ${present.length} cells and ${firstPart?.length ?? 'no'} marks.`,
    );
  }
}
