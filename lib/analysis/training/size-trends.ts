import { slopeOnLog10 } from '../../statistics/log-slope.js';
import { TRAINING_FIGURES } from './model-figures.js';
import type { SizeTrend, TrainedModelFigures } from './training-record.js';

/** How each figure changes with ten times the parameters, over the models of all arms. */
export function sizeTrends(
  models: readonly TrainedModelFigures[],
  parametersOf: (arm: string) => number | null,
): SizeTrend[] {
  return TRAINING_FIGURES.map((id): SizeTrend => {
    const points = models.flatMap(({ arm, figures }) => {
      const parameters = parametersOf(arm);
      const value = figures[id];
      return parameters === null || value === null ? [] : [{ parameters, value }];
    });
    const { slope, interval, n, reason } = slopeOnLog10({
      sizes: points.map(({ parameters }) => parameters),
      values: points.map(({ value }) => value),
    });
    return { id, slope, low: interval?.low ?? null, high: interval?.high ?? null, models: n, reason };
  });
}
