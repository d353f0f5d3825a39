import type { ArmContrast, SizeTrend, TrainingAnalysis } from '../../analysis/training/training-record.js';
import { DEFAULT_LEVEL } from '../../statistics/student-t.js';
import type { EstimateRow } from './estimate-row.js';

/** The numbers of one contrast or trend, as far as they differ from line to line. */
export type TrainingEstimate = Omit<EstimateRow, 'study' | 'kind' | 'seed' | 'orders' | 'join' | 'weights'>;

/** The differences of an analysis, of plain means over countries, one to a line: `model` names both arms, `part` the factor. */
export function trainingEstimates({
  factor,
  arms,
  cells,
  contrasts,
  trends,
}: TrainingAnalysis): TrainingEstimate[] {
  const shared = {
    part: factor,
    ...{ items: cells.items, countries: cells.countries, without_human_answer: cells.withoutHumanAnswer },
  };
  // Empty where the arms were asked in different ways.
  const asked = (labels: readonly string[]) => {
    const ways = arms.filter(({ label }) => labels.includes(label)).map(({ way }) => way);
    const common = <Key extends keyof (typeof ways)[number]>(key: Key) => {
      const [first, ...others] = ways.map((way) => way[key]);
      return first !== undefined && others.every((other) => other === first) ? first : null;
    };
    return { template: common('template'), format: common('format'), reading: common('reading') };
  };
  const unscoredOf = (models: readonly string[]): number =>
    cells.dropped
      .filter(({ model }) => models.includes(model))
      .reduce((sum, { unscored }) => sum + unscored, 0);
  const ofContrasts = contrasts.flatMap((contrast) =>
    contrast.differences.map(
      ({
        id,
        difference,
        low,
        high,
        level,
        uncertainty,
        adjustedP,
        units,
        zones,
        reason,
      }): TrainingEstimate => ({
        model: `${contrast.second} minus ${contrast.first}`,
        ...asked([contrast.first, contrast.second]),
        ...{ ...shared, figure: `difference of ${id}`, estimate: difference, low, high },
        ...{
          level: low === null ? null : level,
          uncertainty,
          unit: unitOf(contrast),
          units,
          zones,
          p: adjustedP,
        },
        ...{ unscored: unscoredOf([...contrast.models.first, ...contrast.models.second]), reason },
      }),
    ),
  );
  const ofTrends = trends.map(
    ({ id, slope, low, high, sizes, reason }: SizeTrend): TrainingEstimate => ({
      model: arms.map(({ label }) => label).join(', '),
      ...asked(arms.map(({ label }) => label)),
      ...{ ...shared, figure: `change of ${id} for ten times the parameters`, estimate: slope, low, high },
      ...{ level: low === null ? null : DEFAULT_LEVEL, uncertainty: low === null ? null : 'other-sizes' },
      ...{ unit: 'size', units: sizes, zones: null, p: null },
      ...{ unscored: unscoredOf(cells.dropped.map(({ model }) => model)), reason },
    }),
  );
  return [...ofContrasts, ...ofTrends];
}

function unitOf({ claim }: ArmContrast): EstimateRow['unit'] {
  return claim === 'recipes' ? 'seed' : claim === null ? null : 'battery';
}
