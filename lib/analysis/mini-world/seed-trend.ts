import { orderedTrend } from '../../statistics/hypothesis-tests/ordered-trend.js';
import { createRandom } from '../../statistics/random.js';
import { FEWEST_SEEDS, PERMUTATION_SEED, type SeedArm, whyNoClaim } from './seed-contrast.js';
import type { Measure, SeedValues } from './seed-values.js';

/** Whether a figure rises or falls along recipes that have an order. */
export interface SeedTrend {
  readonly about: string;
  readonly measure: Measure;
  /** In the order of the trend; those with fewer than two trainings are not in it. */
  readonly arms: readonly SeedArm[];
  /** Jonckheere's statistic from -1 (falls throughout) to 1 (rises throughout); see `orderedTrend`. */
  readonly trend: number | null;
  /** Two-sided, by permuting all seeds between the recipes; and after Holm over all tests of the factor. */
  readonly p: number | null;
  readonly adjustedP: number | null;
  readonly kind: 'exact' | 'random';
  readonly smallestP: number | null;
  /** Why there is no trend, or which recipes are not in it; null when nothing is missing. */
  readonly reason: string | null;
}

/** The trend of a figure over recipes in their order, with seeds as the unit. */
export function seedTrend(about: string, arms: readonly SeedValues[]): SeedTrend {
  const enough = arms.filter(({ values }) => values.length >= FEWEST_SEEDS);
  const few = arms.filter(({ values }) => values.length < FEWEST_SEEDS).map(whyNoClaim);
  const { trend, p, kind, smallestP, reason } = orderedTrend({
    groups: enough.map(({ values }) => values),
    random: createRandom(PERMUTATION_SEED),
  });
  // That too few groups are left follows from the recipes that are not in it.
  const reasons = few.length > 0 || reason === null ? few : [reason];
  const [first] = arms;
  if (first === undefined) {
    throw new Error('a trend over no recipe');
  }
  return {
    about,
    measure: first.measure,
    arms: enough.map(({ recipe, mean, values }) => ({ recipe, mean, seeds: values.length })),
    ...{ trend, p, adjustedP: null, kind, smallestP },
    reason: reasons.length === 0 ? null : reasons.join('; '),
  };
}
