import { seedPermutation } from '../../statistics/hypothesis-tests/seed-permutation.js';
import { welch } from '../../statistics/hypothesis-tests/welch.js';
import type { RandomGenerator } from '../../statistics/random.js';
import { mean } from '../../statistics/spread.js';
import { DEFAULT_LEVEL } from '../../statistics/student-t.js';
import { TRAINING_FIGURES } from './model-figures.js';
import type { ArmDifference, TrainedModelFigures } from './training-record.js';

/**
 * Two recipes with their seeds as the unit: interval by Welch's t, p by permuting seeds between the recipes.
 *
 * @param random for the permutation, where there are too many splits to list
 */
export function recipeDifferences(
  first: readonly TrainedModelFigures[],
  second: readonly TrainedModelFigures[],
  random: RandomGenerator,
): ArmDifference[] {
  return TRAINING_FIGURES.map((id): ArmDifference => {
    const values = (arm: readonly TrainedModelFigures[]): number[] =>
      arm.flatMap(({ figures }) => figures[id] ?? []);
    const [a, b] = [values(first), values(second)];
    const undefinedModels = first.length + second.length - a.length - b.length;
    // Both statistics take the first sample minus the second.
    const test = welch({ first: b, second: a });
    const permutation = seedPermutation({ first: b, second: a, random });
    return {
      id,
      ...{ first: mean(a), second: mean(b), difference: test.difference },
      ...{ low: test.interval?.low ?? null, high: test.interval?.high ?? null, level: DEFAULT_LEVEL },
      uncertainty: test.interval === null ? null : 'other-seeds',
      ...{ p: permutation.p, adjustedP: null, smallestP: permutation.smallestP },
      ...{ units: test.interval === null ? null : a.length + b.length, zones: null },
      reason: undefinedModels > 0 ? `undefined for ${undefinedModels} of the models` : test.reason,
    };
  });
}
