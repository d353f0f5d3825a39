import { InputError } from '../../files/input-error.js';
import { DEFAULT_LEVEL, type Interval, requireLevel, tInterval } from '../student-t.js';
import { type GroupJackknife, groupJackknife, type MaskedStatistic } from './group-jackknife.js';
import { cellsByBoth, cellsByColumn, cellsByRow, type Grouping, groupingOf } from './grouping.js';
import { DEFAULT_TERMS, FEWEST_GROUPS, type Terms, tooFewGroups } from './interval-rules.js';

/** A statistic of a matrix with an interval that allows for dependence in groups of rows and in groups of columns. */
export interface TwoWayInterval {
  /** Null where undefined. */
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly interval: Interval | null;
  /** Jackknife variances by group of columns, by group of rows, and by both at once. */
  readonly variance: { readonly columns: number; readonly rows: number; readonly both: number } | null;
  /** Whether columns + rows - both came out below one of the first two, so that the larger of these was taken. */
  readonly floored: boolean;
  /** Groups of columns with at least one cell in use. */
  readonly columnGroups: number;
  /** Groups of rows with at least one cell in use. */
  readonly rowGroups: number;
  /** Degrees of freedom: the smaller number of groups less one; null without an interval. */
  readonly df: number | null;
  /** Why there is no estimate, or no interval; null when both are there. */
  readonly reason: string | null;
}

/** The statistic without one group, by its place, of columns, of rows, and of `cellsByBoth`. */
export interface WithoutGroups {
  readonly columns: (group: number) => number | null;
  readonly rows: (group: number) => number | null;
  readonly both: (group: number) => number | null;
}

/** A statistic of the cells of a matrix, and how its rows and its columns hang together. */
export interface TwoWayInput {
  /** rows x columns, row-major; 1 where the cell takes part. */
  readonly present: Uint8Array;
  /** For each row the name of its group (a country's cultural zone). */
  readonly rowGroups: readonly string[];
  /** For each column the name of its group (an item's battery). */
  readonly columnGroups: readonly string[];
  /** Of the cells that are kept; null where it is undefined. */
  readonly statistic: MaskedStatistic;
  /** Where there is a faster way to what `statistic` gives without a group. */
  readonly without?: WithoutGroups | undefined;
  /** .95 by default. */
  readonly level?: number;
  readonly terms?: Terms;
}

/**
 * Two-way clustered ("sandwich") interval of any statistic of a matrix: statistic ± t(df) * sqrt(V_columns + V_rows -
 * V_both), each V a delete-one-group jackknife: by group of columns, by group of rows, and by group of rows x group of
 * columns, which the first two both contain (Cameron, Gelbach and Miller 2011, Journal of Business and Economic
 * Statistics 29, 238-249; their df is the smaller number of groups less one).
 *
 * With few groups of rows of unequal size V_both is often too large by chance, and the plain difference covered as
 * little as .84; so the variance is never taken below V_columns or V_rows, which `floored` reports.
 *
 * @returns nulls with a reason for fewer than {@link FEWEST_GROUPS} groups of either kind, and where the statistic is
 *   undefined, with all cells or without some group
 * @throws InputError for labels of another number or a level outside (0, 1)
 */
export function twoWayInterval(input: TwoWayInput): TwoWayInterval {
  const { level = DEFAULT_LEVEL } = input;
  requireLevel('twoWayInterval', level);
  const { byColumns, byRows, byBoth } = jackknives(input);
  const { estimate } = byColumns;
  const counts = { columnGroups: byColumns.groups, rowGroups: byRows.groups };
  const none = { standardError: null, interval: null, variance: null, floored: false, df: null };
  const fewest = Math.min(byColumns.groups, byRows.groups);
  if (estimate !== null && fewest < FEWEST_GROUPS) {
    const terms = { ...DEFAULT_TERMS, ...input.terms };
    const scarce = byColumns.groups === fewest ? terms.columnGroups : terms.rowGroups;
    return { ...none, estimate, ...counts, reason: tooFewGroups(fewest, scarce) };
  }
  const { variance: columns } = byColumns;
  const { variance: rows } = byRows;
  const { variance: both } = byBoth;
  if (estimate === null || columns === null || rows === null || both === null) {
    return { ...none, estimate, ...counts, reason: byColumns.reason ?? byRows.reason ?? byBoth.reason };
  }
  const floor = Math.max(columns, rows);
  const floored = columns + rows - both < floor;
  const standardError = Math.sqrt(floored ? floor : columns + rows - both);
  const df = fewest - 1;
  return {
    estimate,
    standardError,
    interval: tInterval({ estimate, standardError, df, level }),
    variance: { columns, rows, both },
    floored,
    ...counts,
    df,
    reason: null,
  };
}

interface Jackknives {
  readonly byColumns: GroupJackknife;
  readonly byRows: GroupJackknife;
  readonly byBoth: GroupJackknife;
}

function jackknives(input: TwoWayInput): Jackknives {
  const { present, statistic, without } = input;
  const rows = groupingOf(input.rowGroups);
  const columns = groupingOf(input.columnGroups);
  const height = rows.of.length;
  const width = columns.of.length;
  if (present.length !== height * width) {
    throw new InputError(
      `twoWayInterval needs a cell for each of ${height} x ${width} labels, got ${present.length}.`,
    );
  }
  const jackknife = (grouping: Grouping, faster: WithoutGroups['rows'] | undefined): GroupJackknife =>
    groupJackknife({
      ...{ present, statistic, grouping },
      ...(faster === undefined ? {} : { without: faster }),
    });
  return {
    byColumns: jackknife(cellsByColumn(columns, height), without?.columns),
    byRows: jackknife(cellsByRow(rows, width), without?.rows),
    byBoth: jackknife(cellsByBoth(rows, columns), without?.both),
  };
}
