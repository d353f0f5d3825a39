/** What bounds a packed row, whatever is fast. */
export interface RowBounds {
  /** Places that a row may have: an attention window counted in places, the rotary cache; null if nothing bounds them. */
  readonly places: RowLimit | null;
  /** Tokens that one sequence may have: an attention window counted in positions; null if nothing bounds them. */
  readonly depth: RowLimit | null;
  /** Working memory of one run beside the weights, in bytes. */
  readonly memoryBytes: number;
  /** What the memory of a row is estimated from. */
  readonly shape: RowShape;
}

/** A bound and where it comes from. */
export interface RowLimit {
  readonly most: number;
  readonly reason: string;
}

/** The sizes of a model that decide how much memory a row takes. */
export interface RowShape {
  readonly heads: number;
  readonly vocabularySize: number;
  /** Places of the past that is fed beside the row (0 or 1). */
  readonly pastLength: number;
}

/**
 * Estimate of the bytes that one packed row needs beside the weights: float32 scores of one layer's heads and the mask
 * over all pairs of places, and logits and log-probabilities at the places read.
 */
export function rowBytes(row: { readonly tokens: number; readonly reads: number }, shape: RowShape): number {
  const pairs = row.tokens * (row.tokens + shape.pastLength);
  return 4 * pairs * (shape.heads + 1) + 8 * row.reads * shape.vocabularySize;
}

/** Whether one run can hold a row of this size. */
export function rowFits(
  row: { readonly tokens: number; readonly reads: number },
  bounds: RowBounds,
): boolean {
  return (
    row.tokens <= (bounds.places?.most ?? Number.POSITIVE_INFINITY) &&
    rowBytes(row, bounds.shape) <= bounds.memoryBytes
  );
}

/** Bytes in MB of 2^20, rounded up. */
export function megabytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}
