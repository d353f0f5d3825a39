import { InputError } from '../../files/input-error.js';
import type { DepthFirstOrder } from './depth-first-order.js';
import { megabytes, type RowBounds, rowBytes, rowFits } from './row-bounds.js';

/** A token sequence to be packed, with the number of its places that are read. */
export interface SequenceSize {
  readonly tokenIds: readonly number[];
  readonly reads: number;
}

/** One row of a plan. */
export interface PlannedRow {
  /** Numbers of the sequences, depth-first. */
  readonly sequences: readonly number[];
  /** Places of the row: each token of the row's own prefix tree once. */
  readonly tokens: number;
  readonly reads: number;
}

// A row may be cut short by this share of itself where its neighbours share less: that costs fewer tokens in all.
const LOOK_BACK = 0.5;

/**
 * Cuts sequences into packed rows of at most `budget` tokens, within the bounds.
 *
 * What the first sequence of a row shares with the row before it is computed again, so a row ends where its neighbours
 * share least. Deterministic: it depends on the sequences, the budget and the bounds alone. A sequence longer than the
 * budget has a row of its own.
 *
 * @param tree the sequences' own depth-first order
 * @throws InputError when one sequence alone exceeds a bound, with the bound and the way out
 */
export function planRows(
  sequences: readonly SequenceSize[],
  tree: DepthFirstOrder,
  { budget, bounds }: { readonly budget: number; readonly bounds: RowBounds },
): PlannedRow[] {
  for (const sequence of sequences) {
    requireFit(sequence, bounds);
  }
  const rows: PlannedRow[] = [];
  for (let start = 0; start < tree.order.length; ) {
    const row = takeRow(sequences, tree, { start, budget, bounds });
    rows.push(row);
    start += row.sequences.length;
  }
  return rows;
}

function takeRow(
  sequences: readonly SequenceSize[],
  { order, shared }: DepthFirstOrder,
  { start, budget, bounds }: { readonly start: number; readonly budget: number; readonly bounds: RowBounds },
): PlannedRow {
  const at = (place: number): SequenceSize => sequences[order[place] ?? -1] ?? { tokenIds: [], reads: 0 };
  const first = at(start);
  // sizes[i]: the row when it ends before place start + i + 1.
  const sizes = [{ tokens: first.tokenIds.length, reads: first.reads }];
  for (let place = start + 1; place < order.length; place += 1) {
    const last = sizes[sizes.length - 1] ?? { tokens: 0, reads: 0 };
    const size = {
      tokens: last.tokens + at(place).tokenIds.length - (shared[place] ?? 0),
      reads: last.reads + at(place).reads,
    };
    if (size.tokens > budget || !rowFits(size, bounds)) {
      break;
    }
    sizes.push(size);
  }
  let count = sizes.length;
  if (start + count < order.length) {
    const least = LOOK_BACK * (sizes[count - 1]?.tokens ?? 0);
    for (let end = count - 1; end > 0 && (sizes[end - 1]?.tokens ?? 0) >= least; end -= 1) {
      if ((shared[start + end] ?? 0) < (shared[start + count] ?? 0)) {
        count = end;
      }
    }
  }
  const { tokens, reads } = sizes[count - 1] ?? { tokens: 0, reads: 0 };
  return { sequences: [...order.subarray(start, start + count)], tokens, reads };
}

/** @throws InputError when a sequence cannot stand in any row */
function requireFit({ tokenIds, reads }: SequenceSize, bounds: RowBounds): void {
  const tokens = tokenIds.length;
  for (const limit of [bounds.depth, bounds.places]) {
    if (limit !== null && tokens > limit.most) {
      throw new InputError(
        `Planning packed rows: a prompt has ${tokens} tokens. Expected at most ${limit.most} (${limit.reason}). ` +
          'Run whole prompts instead (--packing off, or "packing": "off" in the study), or shorten the prompt.',
      );
    }
  }
  const bytes = rowBytes({ tokens, reads }, bounds.shape);
  if (bytes > bounds.memoryBytes) {
    throw new InputError(
      `Planning packed rows: one prompt of ${tokens} tokens alone needs about ${megabytes(bytes)} MB beside the weights. ` +
        `Found a memory setting of ${megabytes(bounds.memoryBytes)} MB. Raise it: --memory ${megabytes(bytes)}, or ` +
        `"memoryMegabytes": ${megabytes(bytes)} in the study.`,
    );
  }
}
