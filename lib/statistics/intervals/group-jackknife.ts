import { InputError } from '../../files/input-error.js';
import type { Grouping } from './grouping.js';

/** A number computed from the units that are kept (1) of all units (0 = left out); null where it is undefined. */
export type MaskedStatistic = (kept: Uint8Array) => number | null;

/** What leaving out one group after the other does to a statistic. */
export interface GroupJackknife {
  /** The statistic of all units present; null where it is undefined. */
  readonly estimate: number | null;
  /** Variance of the estimate over samples of groups like these; null where it is undefined. */
  readonly variance: number | null;
  /** Groups with at least one unit present. */
  readonly groups: number;
  /** The statistic without each of these groups, in their order; empty when there is no variance. */
  readonly withoutGroup: readonly number[];
  /** Why there is no estimate, or no variance; null when both are there. */
  readonly reason: string | null;
}

/**
 * Delete-one-group jackknife of any statistic:
 *
 *   V = (g - 1) / g * sum over groups of (T without the group - mean of these)^2
 *
 * (Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans, chapter 3, with whole groups as the units).
 * Units of one group may depend on each other as they like; groups must be independent. With every unit its own group and
 * T the mean this is the textbook variance of a mean.
 *
 * @param input.present 1 for each unit that is there; the statistic never sees another one
 * @param input.statistic must not change or keep the mask that it is given
 * @param input.without the statistic without a group, by its place, where there is a faster way to it than by the mask
 * @returns no variance, with a reason, for fewer than two groups and where T is undefined without some group
 * @throws InputError when the grouping is of another number of units
 */
export function groupJackknife(input: {
  readonly present: Uint8Array;
  readonly grouping: Grouping;
  readonly statistic: MaskedStatistic;
  readonly without?: (group: number) => number | null;
}): GroupJackknife {
  const { present, grouping, statistic } = input;
  if (grouping.of.length !== present.length) {
    throw new InputError(
      `groupJackknife needs a group for each of ${present.length} units, got ${grouping.of.length}.`,
    );
  }
  const unitsOf = presentUnits(present, grouping);
  const groups = unitsOf.filter((units) => units.length > 0).length;
  const estimate = statistic(present.slice());
  const nothing = { estimate, variance: null, groups, withoutGroup: [] };
  if (estimate === null) {
    return { ...nothing, reason: 'the statistic is undefined' };
  }
  if (groups < 2) {
    return { ...nothing, reason: `only ${groups} groups; a jackknife needs at least 2` };
  }
  const { without = byMask(present, unitsOf, statistic) } = input;
  const withoutGroup: number[] = [];
  for (const [group, units] of unitsOf.entries()) {
    if (units.length === 0) {
      continue;
    }
    const value = without(group);
    if (value === null) {
      return { ...nothing, reason: `the statistic is undefined without ${grouping.names[group]}` };
    }
    withoutGroup.push(value);
  }
  const centre = withoutGroup.reduce((sum, value) => sum + value, 0) / groups;
  const squares = withoutGroup.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { estimate, variance: ((groups - 1) / groups) * squares, groups, withoutGroup, reason: null };
}

function presentUnits(present: Uint8Array, grouping: Grouping): number[][] {
  const unitsOf: number[][] = grouping.names.map(() => []);
  for (const [unit, group] of grouping.of.entries()) {
    if (present[unit] === 1) {
      unitsOf[group]?.push(unit);
    }
  }
  return unitsOf;
}

/** The statistic without a group: that of a mask in which its units are left out. */
function byMask(
  present: Uint8Array,
  unitsOf: readonly (readonly number[])[],
  statistic: MaskedStatistic,
): (group: number) => number | null {
  return (group) => {
    const kept = present.slice();
    for (const unit of unitsOf[group] ?? []) {
      kept[unit] = 0;
    }
    return statistic(kept);
  };
}
