import type { MeanRow, ShareRow } from '../aggregate-files.js';
import type { MeanLine, ShareLine } from './aggregate-cells.js';

/** A number of the aggregates that ship beside the imported one. */
export interface Difference {
  readonly country: string;
  readonly variable: string;
  readonly what: 'share' | 'mean';
  /** Of a share; null for a mean. */
  readonly code: number | null;
  readonly weighted: boolean;
  readonly shipped: number;
  readonly imported: number;
  /** The column `source` of the aggregates that ship. */
  readonly source: string;
}

/** How an import compares with the aggregates that ship. */
export interface Differences {
  /** Cells (country x item) of which both know the same kind of number. */
  readonly cells: number;
  /** Cells of the aggregates that ship which the import lacks, and the other way round. */
  readonly onlyShipped: number;
  readonly onlyImported: number;
  /** Every number that differs by more than the tolerance, the largest first. */
  readonly rows: readonly Difference[];
  readonly tolerance: number;
}

/** Six decimals are what the aggregates that ship are printed with. */
export const PRINTED = 2e-6;

/**
 * Sets imported shares and means against those that ship, weighted with weighted and unweighted with unweighted.
 * A mean stands beside a mean only where no shares ship: it says nothing new otherwise.
 */
export function differencesOf(
  imported: { readonly shares: readonly ShareLine[]; readonly means: readonly MeanLine[] },
  shipped: { readonly shares: readonly ShareRow[]; readonly means: readonly MeanRow[] },
  tolerance = PRINTED,
): Differences {
  const rows: Difference[] = [];
  const ownShares = new Map(imported.shares.map((line) => [`${cellOf(line)} ${line.code}`, line]));
  const ownMeans = new Map(imported.means.map((line) => [cellOf(line), line]));
  const ownCells = new Set([...imported.shares.map(cellOf), ...ownMeans.keys()]);
  const shippedShares = new Set(shipped.shares.map(cellOf));
  const compared = new Set<string>();
  const add = (difference: Difference): void => {
    compared.add(cellOf(difference));
    if (Math.abs(difference.imported - difference.shipped) > tolerance) {
      rows.push(difference);
    }
  };
  for (const row of shipped.shares.filter((one) => ownCells.has(cellOf(one)))) {
    const line = ownShares.get(`${cellOf(row)} ${row.code}`);
    const { country, variable, code, source } = row;
    const same = { country, variable, what: 'share', code, source } as const;
    if (row.unweighted !== null) {
      add({ ...same, weighted: false, shipped: row.unweighted, imported: line?.unweighted ?? 0 });
    }
    if (row.weighted !== null && (line === undefined || line.weighted !== null)) {
      add({ ...same, weighted: true, shipped: row.weighted, imported: line?.weighted ?? 0 });
    }
  }
  for (const row of shipped.means.filter((one) => !shippedShares.has(cellOf(one)))) {
    const line = ownMeans.get(cellOf(row));
    if (line !== undefined) {
      const { country, variable, source } = row;
      const same = { country, variable, what: 'mean', code: null, source } as const;
      add({ ...same, weighted: false, shipped: row.unweighted, imported: line.unweighted });
      if (row.weighted !== null && line.weighted !== null) {
        add({ ...same, weighted: true, shipped: row.weighted, imported: line.weighted });
      }
    }
  }
  const shippedCells = new Set([...shippedShares, ...shipped.means.map(cellOf)]);
  return {
    cells: compared.size,
    onlyShipped: [...shippedCells].filter((cell) => !ownCells.has(cell)).length,
    onlyImported: [...ownCells].filter((cell) => !shippedCells.has(cell)).length,
    rows: rows.sort((a, b) => size(b) - size(a)),
    tolerance,
  };
}

/** How far the two numbers are from each other. */
export function size({ imported, shipped }: Difference): number {
  return Math.abs(imported - shipped);
}

function cellOf({ country, variable }: { readonly country: string; readonly variable: string }): string {
  return `${country} ${variable}`;
}
