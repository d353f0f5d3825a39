import { type SeedPermutation, seedPermutation } from '../../statistics/hypothesis-tests/seed-permutation.js';
import { type WelchTest, welch } from '../../statistics/hypothesis-tests/welch.js';
import { createRandom } from '../../statistics/random.js';
import { DEFAULT_LEVEL } from '../../statistics/student-t.js';
import type { Measure, SeedValues } from './seed-values.js';

/** Seed of the permutation of seeds, where there are too many splits to list. */
export const PERMUTATION_SEED = 1;

/** Trainings that a claim about a recipe needs: one tells nothing of how far the next would be from it. */
export const FEWEST_SEEDS = 2;

/** A figure of two recipes, with their seeds as the unit. */
export interface SeedContrast {
  /** What is asked, in a few words; stands in tables. */
  readonly about: string;
  readonly measure: Measure;
  readonly first: SeedArm;
  readonly second: SeedArm;
  /** second - first. */
  readonly difference: number | null;
  /** By Welch's t. */
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  /** Welch's, two-sided; and after Holm over all tests of the factor. */
  readonly p: number | null;
  readonly adjustedP: number | null;
  /** By exact permutation of the seeds, two-sided; not adjusted. */
  readonly permutationP: number | null;
  /** The smallest that so many seeds allow it to be. */
  readonly smallestP: number | null;
  /** Why nothing can be claimed about the recipes, or what is missing; null when nothing is. */
  readonly reason: string | null;
}

/** One side of a contrast. */
export interface SeedArm {
  readonly recipe: string;
  readonly mean: number | null;
  readonly seeds: number;
}

/**
 * Two recipes by Welch's t and by permuting their seeds. No claim about a recipe with fewer than two trainings.
 *
 * Trainings of two recipes with the same seed number read their rows in the same order, so that the two samples are not
 * independent copies: what the order does to both falls out of the difference, and an interval that takes them as
 * independent is, if anything, too wide. That is the conservative side.
 */
export function seedContrast(about: string, first: SeedValues, second: SeedValues): SeedContrast {
  const few = [first, second].filter(({ values }) => values.length < FEWEST_SEEDS);
  const test = welch({ first: second.values, second: first.values });
  const permutation =
    few.length > 0
      ? null
      : seedPermutation({
          first: second.values,
          second: first.values,
          random: createRandom(PERMUTATION_SEED),
        });
  return {
    about,
    measure: second.measure,
    first: armOf(first),
    second: armOf(second),
    difference: test.difference,
    ...claimOf(few.length > 0 ? null : test, permutation),
    reason:
      few.length > 0 ? few.map(whyNoClaim).join('; ') : joined([test.reason, first.reason, second.reason]),
  };
}

/** Why a recipe with so few trainings allows no claim. */
export function whyNoClaim({ recipe, values, reason }: SeedValues): string {
  return (
    `no claim about ${recipe}: ${values.length} of its trainings ${values.length === 1 ? 'has' : 'have'} the figure, ` +
    `at least ${FEWEST_SEEDS} are needed${reason === null ? '' : ` (${reason})`}`
  );
}

function armOf({ recipe, mean, values }: SeedValues): SeedArm {
  return { recipe, mean, seeds: values.length };
}

function claimOf(
  test: WelchTest | null,
  permutation: SeedPermutation | null,
): Pick<SeedContrast, 'low' | 'high' | 'level' | 'p' | 'adjustedP' | 'permutationP' | 'smallestP'> {
  return {
    ...{ low: test?.interval?.low ?? null, high: test?.interval?.high ?? null, level: DEFAULT_LEVEL },
    ...{ p: test?.p ?? null, adjustedP: null },
    ...{ permutationP: permutation?.p ?? null, smallestP: permutation?.smallestP ?? null },
  };
}

function joined(reasons: readonly (string | null)[]): string | null {
  const all = [...new Set(reasons.filter((reason) => reason !== null))];
  return all.length === 0 ? null : all.join('; ');
}
