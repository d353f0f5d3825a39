import type { ArmContrast, TrainingAnalysis } from '../../analysis/training/training-record.js';
import type { EstimateRow } from './estimate-row.js';

/** The numbers of one contrast, as far as they differ from line to line. */
export type ContrastEstimate = Pick<
  EstimateRow,
  | 'model'
  | 'figure'
  | 'part'
  | 'estimate'
  | 'low'
  | 'high'
  | 'level'
  | 'uncertainty'
  | 'unit'
  | 'units'
  | 'p'
  | 'reason'
>;

/** The differences of an analysis, one to a line: `model` names both arms, `part` the factor. */
export function trainingEstimates({ factor, contrasts }: TrainingAnalysis): ContrastEstimate[] {
  return contrasts.flatMap((contrast) =>
    contrast.differences.map(({ id, difference, low, high, level, uncertainty, adjustedP, reason }) => ({
      model: `${contrast.second} minus ${contrast.first}`,
      ...{ figure: `difference of ${id}`, part: factor, estimate: difference, low, high },
      ...{ level: low === null ? null : level, uncertainty, ...unitOf(contrast), p: adjustedP, reason },
    })),
  );
}

function unitOf({ claim, models }: ArmContrast): Pick<EstimateRow, 'unit' | 'units'> {
  return claim === 'recipes'
    ? { unit: 'seed', units: models.first.length + models.second.length }
    : { unit: claim === null ? null : 'battery', units: null };
}
