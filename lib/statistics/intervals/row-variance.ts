import { mean, standardDeviation } from '../spread.js';
import { groupingOf } from './grouping.js';
import { FEWEST_GROUPS } from './interval-rules.js';

/** How much a mean over rows, or a difference of two, varies because other rows might have been there. */
export interface RowVariance {
  readonly variance: number;
  /** Groups of rows that it rests on; null where rows count one by one. */
  readonly groups: number | null;
}

/**
 * Variance of a mean over rows: that between rows divided by their number (for a difference of two parts the sum of both), or
 * that of leaving out each group of rows in turn,
 *
 *   (G - 1) / G * sum over groups of (mean without the group - mean of these)^2,
 *
 * whichever is larger: rows of one group that are alike say less than so many rows, while a few groups may by chance look as if
 * rows of one group were more different than others.
 *
 * @param values of each row; null where undefined
 * @param parts the rows averaged: of one mean, or of two whose difference is taken
 * @param rowGroups for each row the name of its group; with fewer than {@link FEWEST_GROUPS} of them, and where leaving one
 *   out leaves a part empty, rows count one by one
 */
export function rowVariance(
  values: readonly (number | null)[],
  parts: readonly (readonly number[])[],
  rowGroups?: readonly string[],
): RowVariance {
  const independent = parts.reduce((sum, part) => sum + varianceOfMean(values, part), 0);
  const grouped = rowGroups === undefined ? null : groupVariance(values, parts, rowGroups);
  return grouped === null || grouped.variance <= independent
    ? { variance: independent, groups: null }
    : grouped;
}

/**
 * Degrees of freedom of a sum of two variances, that of g groups of columns and that of G groups of rows (Satterthwaite 1946,
 * Biometrics Bulletin 2, 110-114).
 */
export function jointDf(
  columns: { readonly columns: number; readonly groups: number },
  rows: RowVariance,
): number {
  const df = { columns: columns.groups - 1, rows: (rows.groups ?? 1) - 1 };
  const total = columns.columns + rows.variance;
  return Math.min(
    df.columns,
    total ** 2 / (columns.columns ** 2 / df.columns + rows.variance ** 2 / df.rows),
  );
}

function varianceOfMean(values: readonly (number | null)[], part: readonly number[]): number {
  const deviation = standardDeviation(part.map((row) => values[row] ?? 0)) ?? 0;
  return deviation ** 2 / part.length;
}

function groupVariance(
  values: readonly (number | null)[],
  parts: readonly (readonly number[])[],
  rowGroups: readonly string[],
): RowVariance | null {
  const { of } = groupingOf(rowGroups);
  const present = [...new Set(parts.flat().map((row) => of[row]))];
  const without = present.map((group) => {
    const means = parts.map((part) =>
      mean(part.flatMap((row) => (of[row] === group ? [] : (values[row] ?? [])))),
    );
    const [first = null, second] = means;
    return first === null || second === null ? null : second === undefined ? first : first - second;
  });
  const defined = without.filter((value) => value !== null);
  const centre = mean(defined);
  if (centre === null || defined.length < without.length || present.length < FEWEST_GROUPS) {
    return null;
  }
  const squares = defined.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { variance: ((present.length - 1) / present.length) * squares, groups: present.length };
}
