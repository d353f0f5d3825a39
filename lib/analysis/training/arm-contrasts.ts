import { holm } from '../../statistics/hypothesis-tests/multiple-testing.js';
import { createRandom } from '../../statistics/random.js';
import { mean } from '../../statistics/spread.js';
import { DEFAULT_LEVEL } from '../../statistics/student-t.js';
import type { PairedModel } from '../paired-comparison.js';
import type { Questions } from './common-cells.js';
import { modelDifferences } from './model-differences.js';
import { TRAINING_FIGURES } from './model-figures.js';
import { recipeDifferences } from './recipe-differences.js';
import type { ArmContrast, ArmDifference, TrainedModelFigures } from './training-record.js';

/** Seed of the permutation of seeds, where there are too many splits to list. */
const PERMUTATION_SEED = 1;

/** One model of an arm. */
export interface Member {
  /** Its answers on the cells that all models of the analysis have. */
  readonly kept: PairedModel;
  readonly row: TrainedModelFigures;
}

/** Two arms side by side; what is claimed follows from how many trainings each holds. */
export function contrastOf(
  first: readonly Member[],
  second: readonly Member[],
  questions: Questions,
): ArmContrast {
  const rows = (arm: readonly Member[]): TrainedModelFigures[] => arm.map(({ row }) => row);
  const described = {
    first: first[0]?.row.arm ?? '',
    second: second[0]?.row.arm ?? '',
    models: { first: rows(first).map(({ model }) => model), second: rows(second).map(({ model }) => model) },
  };
  const [one, other] = [first[0], second[0]];
  if (first.length > 1 && second.length > 1) {
    const differences = recipeDifferences(rows(first), rows(second), createRandom(PERMUTATION_SEED));
    return { ...described, claim: 'recipes', differences };
  }
  if (first.length === 1 && second.length === 1 && one !== undefined && other !== undefined) {
    const differences = modelDifferences(one.kept, other.kept, questions);
    const claim = one.row.model === other.row.model ? 'this model' : 'these models';
    return { ...described, claim, differences };
  }
  return { ...described, claim: null, differences: differencesAlone(rows(first), rows(second)) };
}

function differencesAlone(
  first: readonly TrainedModelFigures[],
  second: readonly TrainedModelFigures[],
): ArmDifference[] {
  return TRAINING_FIGURES.map((id): ArmDifference => {
    const [a, b] = [first, second].map((arm) => mean(arm.flatMap(({ figures }) => figures[id] ?? []))) as [
      number | null,
      number | null,
    ];
    return {
      ...{ id, first: a, second: b, difference: a === null || b === null ? null : b - a },
      ...{ low: null, high: null, level: DEFAULT_LEVEL, uncertainty: null },
      ...{ p: null, adjustedP: null, smallestP: null, units: null, zones: null },
      reason: `${first.length} and ${second.length} models: a single training cannot speak for its recipe; give one model or several in both arms`,
    };
  });
}

/** Holm over all contrasts of a figure: the more arms, the likelier one of them differs by chance. */
export function withAdjustedP(contrasts: readonly ArmContrast[]): ArmContrast[] {
  const adjusted = new Map(
    TRAINING_FIGURES.map((id) => {
      const all = contrasts.map(
        ({ differences }) => differences.find((difference) => difference.id === id)?.p ?? null,
      );
      return [id, holm(all)];
    }),
  );
  return contrasts.map((contrast, turn) => ({
    ...contrast,
    differences: contrast.differences.map((difference) => ({
      ...difference,
      adjustedP: adjusted.get(difference.id)?.[turn] ?? null,
    })),
  }));
}
