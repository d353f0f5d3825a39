import type { RowBudget, RowTiming } from '../../types.js';

/** Budgets tried: a row of the smallest holds one long prompt, one of the largest many items. */
const CANDIDATES = [256, 512, 1024, 2048, 4096, 8192] as const;
// Timings on a busy machine scatter: budgets closer than this to the fastest count as equally fast.
const ALIKE = 1.1;
/** Of those alike, a plan should compute at most this many times the distinct tokens. */
const LITTLE_WASTE = 1.05;
/** A row that takes longer than this ends the search, in seconds. */
const LONG_ROW = 4;

/** Which budgets can be told apart, and how long a plan with one of them would take. */
export interface BudgetTrial {
  /** Tokens of the longest row that any budget could give: all sequences together, or the bounds. */
  readonly mostTokens: number;
  readonly memoryMegabytes: number;
  /** A budget that was asked for, so that nothing needs to be timed; null to find one. */
  readonly rowTokens: number | null;
  /** Tokens of the prefix tree, which every plan must compute. */
  readonly distinctTokens: number;
  /** Runs one row of the plan with this budget. */
  time(budget: number): Promise<RowTiming>;
}

/**
 * Chooses how many tokens a packed row holds, by timing rows of the model at hand.
 *
 * Short rows pay the fixed cost of a run more often and compute shared beginnings again; in long rows attention, whose
 * cost grows with the square of the row, takes over. Where that turns depends on model and machine. Budgets are tried from
 * the smallest and only as long as that pays, because the longest row that has run decides how much memory is taken.
 */
export async function chooseRowBudget(trial: BudgetTrial): Promise<RowBudget> {
  const { memoryMegabytes, mostTokens, rowTokens } = trial;
  if (rowTokens !== null) {
    return { tokens: rowTokens, reason: 'as asked for', memoryMegabytes, timings: [] };
  }
  const candidates = [
    ...CANDIDATES.filter((tokens) => tokens < mostTokens),
    Math.min(mostTokens, CANDIDATES[CANDIDATES.length - 1] ?? mostTokens),
  ];
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) {
    return { tokens: only, reason: 'one row holds everything', memoryMegabytes, timings: [] };
  }
  const timings: RowTiming[] = [];
  let best = Number.POSITIVE_INFINITY;
  for (const budget of candidates) {
    const timing = await trial.time(budget);
    timings.push(timing);
    if (timing.planSeconds > best || timing.seconds > LONG_ROW) {
      break;
    }
    best = Math.min(best, timing.planSeconds);
  }
  const fastest = Math.min(...timings.map(({ planSeconds }) => planSeconds));
  const alike = timings.filter(({ planSeconds }) => planSeconds <= ALIKE * fastest);
  const least = Math.min(...alike.map(({ planTokens }) => planTokens));
  const enough = Math.max(least, LITTLE_WASTE * trial.distinctTokens);
  return {
    tokens: alike.find(({ planTokens }) => planTokens <= enough)?.budget ?? mostTokens,
    reason: 'the fastest of the rows timed; of those alike, the smallest that computes little twice',
    memoryMegabytes,
    timings,
  };
}
