import type { RowLimit } from '../rows/row-bounds.js';

/** A bound of the places of a row or of the depth of a sequence, from one node of a graph. */
export interface GraphLimit extends RowLimit {
  readonly of: 'places' | 'depth';
}

/** What config.json says of how far a model sees. */
export interface ContextFacts {
  /** Attention window of the model in positions; null if it has none. */
  readonly slidingWindow: number | null;
  /** Context up to which LongRoPE or dynamic rotary scaling changes nothing; null without such scaling. */
  readonly originalContext: number | null;
}

/** What the bounds that follow from a model's settings depend on, for one node of attention. */
export interface WindowAndPast {
  /** 1 where the node honours positions only behind a past. */
  readonly pastLength: 0 | 1;
  /** Whether an attention window, if the model has one, is a setting of the node and not part of the mask. */
  readonly keepsWindow: boolean;
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
  found: readonly WindowAndPast[],
  { slidingWindow, originalContext }: ContextFacts,
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
