import type { AttentionFound } from './attention/attention-found.js';
import type { ContextFacts, GraphLimits } from './limits.js';
import type { PickedFrom } from './output-layer.js';
import type { ReadInputs, ReadOutputs } from './reading-outputs.js';
import type { DeclaredInputs } from './row-inputs.js';

/** What the edit needs to know and the graph does not tell. */
export interface GraphFacts extends ContextFacts {
  /** How many of the most probable tokens are returned for each read. */
  readonly topTokens: number;
}

/** An edited graph, and the graph as it came. */
export interface EditMade {
  readonly kind: 'edited';
  readonly graph: EditedGraph;
  /** The graph as it came, its large weights declared to be external data like those of the edited one. */
  readonly original: Uint8Array;
}

/** An edited graph, or why a graph cannot be edited. */
export type GraphEdit =
  | EditMade
  /** `reason` names the node or value that was not recognised. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * A graph that answers a packed row in one run.
 *
 * A row holds the prefix tree of many token sequences, depth-first, in S places. The graph is fed the tokens, the tree
 * mask, the position of each place in its sequence, R places to read and K option tokens for each. Inputs of the export that
 * nothing reads any more are gone; its `position_ids`, where still there, wants the positions too.
 */
export interface EditedGraph extends DeclaredInputs {
  /** The model without its large weights, which it refers to as external data. */
  readonly bytes: Uint8Array;
  /** Folder that the external data is in. */
  readonly weightsFolder: string;
  /** Places of the past that must be fed: zeros, hidden by the mask. */
  readonly pastLength: 0 | 1;
  readonly reads: ReadInputs;
  readonly outputs: ReadOutputs;
  readonly limits: GraphLimits;
  /** Attention heads of a layer; null if the graph does not tell. */
  readonly heads: number | null;
  /** Whether weights are stored in integers. */
  readonly quantised: boolean;
  readonly report: EditReport;
}

/** What was edited, in a few words. */
export interface EditReport {
  /** The kinds of attention met. */
  readonly attention: readonly AttentionFound['operator'][];
  /** Nodes of attention edited. */
  readonly layers: number;
  readonly pickedFrom: PickedFrom;
}
