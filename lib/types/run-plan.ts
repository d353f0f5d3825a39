/** Which prompts go together through the model in one run; prompts are named by their place in the list planned. */
export interface WorkUnit {
  /** In a packed row: in the depth-first order of the row. */
  readonly prompts: readonly number[];
}

/**
 * How prompts go through a model.
 *
 * `packed-rows`: the prefix tree of many prompts in one row, each token computed once. `equal-length-batches`: whole
 * prompts, unpadded. `single-prompts`: the same, one prompt a run, where neighbours change a prompt's numbers.
 */
export type RunWay = 'packed-rows' | 'equal-length-batches' | 'single-prompts' | 'requests';

/** How a list of prompts is cut into runs of the model. */
export interface RunPlan {
  readonly kind: RunWay;
  /** Why this kind was chosen. */
  readonly reason: string;
  readonly units: readonly WorkUnit[];
  /** What the runs cost; null where nothing is computed (recorded readings). */
  readonly cost: PlanCost | null;
}

/** What the runs of a plan compute, in tokens, and the memory that they need beside the weights. */
export interface PlanCost {
  /** Tokens of all prompts, each prompt whole. */
  readonly promptTokens: number;
  /** Tokens of the prefix tree over all prompts: what has to be computed at least once. */
  readonly distinctTokens: number;
  /** Tokens that the runs really compute. */
  readonly computedTokens: number;
  /** Tokens of the largest run. */
  readonly longestRun: number;
  /** Estimate of the working memory of the largest run beside the weights, in MB of 2^20 bytes. */
  readonly megabytes: number;
  /** Estimate of the time of all runs, from a few that were timed; null where none was. */
  readonly seconds: number | null;
  /** Tokens that a row was to hold at most, and how that was found; null without packed rows. */
  readonly rowBudget: RowBudget | null;
}

/** How many tokens a packed row holds at most. */
export interface RowBudget {
  readonly tokens: number;
  /** What decided: the timing, or the bound that no row may exceed. */
  readonly reason: string;
  /** Working memory that a run may take beside the weights, in MB of 2^20 bytes. */
  readonly memoryMegabytes: number;
  /** Rows of this model timed to choose; empty where there was nothing to choose. */
  readonly timings: readonly RowTiming[];
}

/** One timed row. */
export interface RowTiming {
  /** Budget that the row was cut by. */
  readonly budget: number;
  readonly tokens: number;
  readonly prompts: number;
  readonly seconds: number;
  /** Tokens that a plan with this budget computes. */
  readonly planTokens: number;
  /** What all runs of that plan would take at this pace, in seconds. */
  readonly planSeconds: number;
}

/** What the check at load found: a few prompts alone through the graph as it came, and the way they are run in earnest. */
export interface SelfTest {
  readonly way: RunWay;
  /** Why prompts are not packed into rows; null when they are. */
  readonly whyNotPacked: string | null;
  /** Median difference of a log-probability, in nats. */
  readonly median: number;
  /** Largest difference of a log-probability, in nats. */
  readonly largest: number;
  /** Largest difference that still passed. */
  readonly tolerance: number;
}
