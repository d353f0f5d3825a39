import type { RowLimit } from '../rows/row-bounds.js';
import type { AttentionFound } from './attention/attention-found.js';
import type { GraphFacts } from './edited-graph.js';

/** A bound of the places of a row or of the depth of a sequence, from one node of a graph. */
export interface GraphLimit extends RowLimit {
  readonly of: 'places' | 'depth';
}

/** The tightest bounds of a row and of a sequence; null if nothing bounds them. */
export interface GraphLimits {
  readonly places: RowLimit | null;
  readonly depth: RowLimit | null;
}

/**
 * Bounds that follow from the model's settings. A window that was part of a mask has gone with it, so no sequence may
 * outgrow it; a fused node keeps its own. Tables for short inputs are chosen by the places of the row where a past is fed.
 */
export function limitsFromFacts(
  found: readonly AttentionFound[],
  { slidingWindow, originalContext }: GraphFacts,
): GraphLimit[] {
  const limits: GraphLimit[] = [];
  if (slidingWindow !== null && found.some(({ keepsWindow }) => !keepsWindow)) {
    limits.push({ of: 'depth', most: slidingWindow, reason: "the model's attention window" });
  }
  if (originalContext !== null) {
    const past = Math.max(...found.map(({ pastLength }) => pastLength));
    const of = past > 0 ? 'places' : 'depth';
    const reason = 'the context up to which the rotary embedding is unscaled';
    limits.push({ of, most: originalContext - past, reason });
  }
  return limits;
}

/** The tightest of many bounds. */
export function tightest(limits: readonly GraphLimit[]): GraphLimits {
  const least = (of: GraphLimit['of']): RowLimit | null =>
    limits
      .filter((limit) => limit.of === of)
      .reduce<RowLimit | null>(
        (tight, { most, reason }) => (tight === null || most < tight.most ? { most, reason } : tight),
        null,
      );
  return { places: least('places'), depth: least('depth') };
}
