import { type Grouping, groupingOf } from '../intervals/grouping.js';
import { commonCells, rowCorrelations } from '../intervals/row-correlations.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import { type GroupSums, groupSums } from './group-sums.js';

/** Everything that a bootstrap needs to know of its data before it draws. */
export interface BootstrapData {
  readonly x: MaskedMatrix;
  readonly models: readonly MaskedMatrix[];
  /** rows x columns; 1 in the cells that people and all models have. */
  readonly kept: Uint8Array;
  /** Groups of columns with at least one such cell. */
  readonly columnGroups: Grouping;
  readonly sums: GroupSums;
  /** models x rows: r of the data as they are, in float64. Where it is undefined it is so in every replicate. */
  readonly whole: MaskedMatrix;
}

/** @throws InputError for matrices of different shape */
export function bootstrapData(input: {
  readonly x: MaskedMatrix;
  readonly models: readonly MaskedMatrix[];
  readonly columnGroups: readonly string[];
}): BootstrapData {
  const { x, models } = input;
  const kept = commonCells([x, ...models]);
  const columnGroups = groupsInUse(input.columnGroups, kept);
  return {
    x,
    models,
    kept,
    columnGroups,
    sums: groupSums({ x, models, kept, columnGroups }),
    whole: correlationTable(x, models, kept),
  };
}

/** A column without a cell in use gets group 0, where it adds nothing. */
function groupsInUse(labels: readonly string[], kept: Uint8Array): Grouping {
  const inUse = labels.map(() => false);
  for (const [cell, isKept] of kept.entries()) {
    if (isKept === 1) {
      inUse[cell % labels.length] = true;
    }
  }
  const { names } = groupingOf(labels.filter((_, column) => inUse[column]));
  const places = new Map(names.map((name, place) => [name, place]));
  return { names, of: Int32Array.from(labels, (label) => places.get(label) ?? 0) };
}

function correlationTable(x: MaskedMatrix, models: readonly MaskedMatrix[], kept: Uint8Array): MaskedMatrix {
  const r = models.flatMap((y) => rowCorrelations({ x, y, kept }));
  return {
    rows: models.length,
    columns: x.rows,
    values: Float64Array.from(r, (value) => value ?? 0),
    present: Uint8Array.from(r, (value) => (value === null ? 0 : 1)),
  };
}
