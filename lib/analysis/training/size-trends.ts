import { slopeOnLog10 } from '../../statistics/log-slope.js';
import { mean } from '../../statistics/spread.js';
import { TRAINING_FIGURES } from './model-figures.js';
import type { SizeTrend, TrainedModelFigures } from './training-record.js';

/** Which arm has how many parameters. */
export interface SizedArm {
  readonly label: string;
  readonly parameters: number | null;
}

/**
 * How each figure changes with ten times the parameters: a line through the means of the arms. Sizes are the unit: trainings of
 * one size are no further points on the line.
 */
export function sizeTrends(arms: readonly SizedArm[], models: readonly TrainedModelFigures[]): SizeTrend[] {
  return TRAINING_FIGURES.map((id): SizeTrend => {
    const points = arms.flatMap(({ label, parameters }) => {
      const values = models.filter(({ arm }) => arm === label).flatMap(({ figures }) => figures[id] ?? []);
      const value = mean(values);
      return parameters === null || value === null ? [] : [{ parameters, value, models: values.length }];
    });
    const { slope, interval, n, reason } = slopeOnLog10({
      sizes: points.map(({ parameters }) => parameters),
      values: points.map(({ value }) => value),
    });
    return {
      ...{ id, slope, low: interval?.low ?? null, high: interval?.high ?? null },
      sizes: n,
      models: points.reduce((sum, point) => sum + point.models, 0),
      reason,
    };
  });
}
