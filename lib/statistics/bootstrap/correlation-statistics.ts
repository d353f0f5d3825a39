import { correlationOfFisherZ, fisherZ } from '../fisher.js';
import type { MaskedMatrix } from '../masked-matrix.js';

/**
 * A number computed from correlations; null where it is undefined.
 *
 * @param r models x rows: the correlation of each model with people in each row; missing where undefined
 * @param rowWeights how often each row counts: 1 for the estimate, how often it was drawn in a bootstrap replicate
 */
export type CorrelationStatistic = (r: MaskedMatrix, rowWeights: ArrayLike<number>) => number | null;

/** Fisher-z mean over rows of one model's r, turned back into a correlation; rows without r are left out. */
export function fisherMean(model: number): CorrelationStatistic {
  return (r, rowWeights) => {
    const z = weightedMean(r, rowWeights, [model], (place) => fisherZ(r.values[place] ?? 0));
    return z === null ? null : correlationOfFisherZ(z);
  };
}

/** Mean over rows of r of `model` minus r of `other`, over the rows that have both. */
export function meanDifference(model: number, other: number): CorrelationStatistic {
  return (r, rowWeights) => {
    const step = (other - model) * r.columns;
    return weightedMean(
      r,
      rowWeights,
      [model, other],
      (place) => (r.values[place] ?? 0) - (r.values[place + step] ?? 0),
    );
  };
}

/** Mean r of the rows of the first part minus mean r of the others: the lean of one model. */
export function meanLean(model: number, firstPart: readonly boolean[]): CorrelationStatistic {
  const inFirst = Float64Array.from(firstPart, (first) => (first ? 1 : 0));
  return (r, rowWeights) => {
    const valueAt = (place: number) => r.values[place] ?? 0;
    const part = (mark: number) =>
      weightedMean(
        r,
        inFirst.map((first, row) => (first === mark ? (rowWeights[row] ?? 0) : 0)),
        [model],
        valueAt,
      );
    const first = part(1);
    const others = part(0);
    return first === null || others === null ? null : first - others;
  };
}

/**
 * Weighted mean over the rows in which all the models have r.
 *
 * @param valueAt the number of a row, by the place of the first model's r
 */
function weightedMean(
  r: MaskedMatrix,
  weights: ArrayLike<number>,
  models: readonly number[],
  valueAt: (place: number) => number,
): number | null {
  const first = (models[0] ?? 0) * r.columns;
  let total = 0;
  let sum = 0;
  for (let row = 0; row < r.columns; row += 1) {
    const weight = weights[row] ?? 0;
    if (weight > 0 && models.every((model) => r.present[model * r.columns + row] === 1)) {
      total += weight;
      sum += weight * valueAt(first + row);
    }
  }
  return total === 0 ? null : sum / total;
}
