import type { Category } from '../../types.js';
import { type PairedModel, pairedComparison } from '../paired-comparison.js';
import type { Questions } from './common-cells.js';
import { TRAINING_FIGURES } from './model-figures.js';
import type { ArmDifference } from './training-record.js';

/** Two given models with items and countries as the unit: the estimates of `pairedComparison`. */
export function modelDifferences(
  first: PairedModel,
  second: PairedModel,
  questions: Questions,
): ArmDifference[] {
  const noCategories: readonly Category[] = [];
  const { estimates } = pairedComparison({ ...questions, first, second, categories: noCategories });
  return TRAINING_FIGURES.flatMap((id) =>
    estimates
      .filter((estimate) => estimate.id === id)
      .map(
        ({ interval, ...estimate }): ArmDifference => ({
          id,
          ...{ first: estimate.first, second: estimate.second, difference: estimate.difference },
          ...{ low: interval.low, high: interval.high, level: interval.level },
          uncertainty: interval.uncertainty,
          ...{ p: null, adjustedP: null, smallestP: null },
          ...{ units: interval.uncertainty === null ? null : interval.units, zones: interval.zones },
          reason: estimate.reason ?? interval.reason,
        }),
      ),
  );
}
