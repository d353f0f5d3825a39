import { leanInterval, pairedDifferenceInterval } from '../intervals/difference-intervals.js';
import { meanCorrelationInterval } from '../intervals/mean-correlation-interval.js';
import type { RandomGenerator } from '../random.js';
import type { Interval } from '../student-t.js';
import { drawWorld, type World, type WorldPlan } from './world.js';

/** What is estimated: the headline, a paired difference of two models, or the lean of one. */
export type Estimand = 'mean r' | 'paired difference' | 'lean';

/** How often intervals held the value that is known. */
export interface Coverage {
  readonly estimand: Estimand;
  readonly worlds: number;
  /** Worlds that gave an interval. */
  readonly intervals: number;
  /** Share of these that held the known value; null without any. */
  readonly covers: number | null;
  /** Monte Carlo standard error of `covers`. */
  readonly error: number | null;
  /** Mean width of an interval, in units of r. */
  readonly width: number | null;
  /** Why there was no interval; null where there was. */
  readonly reason: string | null;
}

/** Population r of a row lies within this of its mean, every value equally likely. */
const SPREAD = 0.1;
const FIRST_MEAN = 0.8;
const SECOND_MEAN = 0.65;
/** In a lean, rows of the second part have this mean. */
const OTHERS_MEAN = 0.6;
/**
 * Draws worlds and counts how often the interval of an estimand holds the value that is known.
 *
 * With fewer than eight rows (in a part) the interval is about these rows, and so is the known value: the mean of their own
 * population r. With more it is the mean over all rows that might have been drawn.
 */
export function coverage(
  plan: WorldPlan,
  settings: {
    readonly estimand: Estimand;
    /** Marks the rows of the first part of a lean; no other estimand needs it. */
    readonly firstPart?: readonly boolean[];
    readonly worlds: number;
    readonly random: RandomGenerator;
  },
): Coverage {
  const { estimand, worlds, random, firstPart = [] } = settings;
  let intervals = 0;
  let held = 0;
  let widths = 0;
  let reason: string | null = null;
  for (let k = 0; k < worlds; k += 1) {
    const r = populationR(plan, { estimand, firstPart, random });
    const found = intervalOf(drawWorld(plan, r.byModel, random), estimand, r.firstPart);
    if (found.interval === null) {
      reason = found.reason;
      continue;
    }
    const { low, high } = found.interval;
    const known = knownValue(r, { estimand, fixed: found.rowsFixed });
    intervals += 1;
    widths += high - low;
    held += low <= known && known <= high ? 1 : 0;
  }
  const covers = intervals === 0 ? null : held / intervals;
  return {
    ...{ estimand, worlds, intervals, covers },
    error: covers === null ? null : Math.sqrt((covers * (1 - covers)) / intervals),
    width: intervals === 0 ? null : widths / intervals,
    reason: intervals === 0 ? reason : null,
  };
}

interface PopulationR {
  readonly byModel: readonly [number[], number[]];
  readonly firstPart: readonly boolean[];
}

/**
 * Draws the r of each row. Rows of one group hang together in it as in their scores: each takes the deviation of its group
 * with the probability that is their correlation, else one of its own, so that every value stays equally likely.
 */
function populationR(
  { rows, rowGroups, rowCorrelation }: WorldPlan,
  {
    estimand,
    firstPart,
    random,
  }: {
    readonly estimand: Estimand;
    readonly firstPart: readonly boolean[];
    readonly random: RandomGenerator;
  },
): PopulationR {
  const deviation = (): number => SPREAD * (2 * random.uniform() - 1);
  const draw = (meanOf: (row: number) => number): number[] => {
    const ofGroup = Array.from({ length: Math.max(...rowGroups) + 1 }, deviation);
    return Array.from({ length: rows }, (_, row) => {
      const shared = random.uniform() < rowCorrelation;
      return meanOf(row) + (shared ? (ofGroup[rowGroups[row] ?? 0] ?? 0) : deviation());
    });
  };
  const first = draw((row) => (estimand === 'lean' && firstPart[row] !== true ? OTHERS_MEAN : FIRST_MEAN));
  return { byModel: [first, draw(() => SECOND_MEAN)], firstPart };
}

function intervalOf(
  { people: x, models: [first, second], columnGroups, rowGroups }: World,
  estimand: Estimand,
  firstPart: readonly boolean[],
): { readonly interval: Interval | null; readonly rowsFixed: boolean; readonly reason: string | null } {
  switch (estimand) {
    case 'mean r': {
      const { interval, z, reason } = meanCorrelationInterval({ x, y: first, columnGroups, rowGroups });
      return { interval, reason, rowsFixed: z.scope === 'columns' };
    }
    case 'paired difference': {
      const found = pairedDifferenceInterval({ x, y: first, other: second, columnGroups, rowGroups });
      return { ...found, rowsFixed: found.scope === 'columns' };
    }
    case 'lean': {
      const found = leanInterval({ x, y: first, columnGroups, rowGroups, firstPart });
      return { ...found, rowsFixed: found.scope === 'columns' };
    }
  }
}

function knownValue(
  { byModel: [first, second], firstPart }: PopulationR,
  { estimand, fixed }: { readonly estimand: Estimand; readonly fixed: boolean },
): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  switch (estimand) {
    case 'mean r':
      return Math.tanh(fixed ? mean(first.map(Math.atanh)) : meanZ(FIRST_MEAN));
    case 'paired difference':
      return fixed ? mean(first) - mean(second) : FIRST_MEAN - SECOND_MEAN;
    case 'lean':
      return fixed
        ? mean(first.filter((_, row) => firstPart[row])) - mean(first.filter((_, row) => !firstPart[row]))
        : FIRST_MEAN - OTHERS_MEAN;
  }
}

/** Mean of Fisher's z of an r that is uniform about its mean: the integral of atanh is t atanh(t) + log(1 - t^2) / 2. */
function meanZ(meanR: number): number {
  const integral = (t: number): number => t * Math.atanh(t) + Math.log(1 - t * t) / 2;
  return (integral(meanR + SPREAD) - integral(meanR - SPREAD)) / (2 * SPREAD);
}
