import { uncentredCorrelation } from '../statistics/correlation.js';
import { meanCorrelation } from '../statistics/fisher.js';
import {
  columnCorrelations,
  commonCells,
  rowCorrelations,
} from '../statistics/intervals/row-correlations.js';
import type { MaskedMatrix } from '../statistics/masked-matrix.js';
import { partContrast } from '../statistics/part-contrast.js';
import { mean } from '../statistics/spread.js';
import { deviation as deviationOf } from './deviation.js';

/** The four figures of an agreement without interval or counts, for where they are computed thousands of times. */
export interface PointFigures {
  /** Fisher-z mean over countries of r over items; null where undefined, like all of these. */
  readonly r: number | null;
  /** Fisher-z mean over countries of deviation r, deviations being from the human item means of all countries. */
  readonly deviationR: number | null;
  /** Plain mean over items of r across countries. */
  readonly withinItems: number | null;
  /** Plain mean of r over Western countries minus that over the others. */
  readonly lean: number | null;
}

/** Mean scores of people and model as countries x items, and what of them counts. */
export interface PointInput {
  readonly people: MaskedMatrix;
  readonly model: MaskedMatrix;
  /** Marks the items that count; all of them by default. */
  readonly items?: readonly boolean[];
  /** For each country whether it is Western. */
  readonly western: readonly boolean[];
}

/**
 * The figures of `agreement` on a part of its cells.
 *
 * @throws InputError for matrices of different shape
 */
export function pointFigures({ people, model, items, western }: PointInput): PointFigures {
  const chosen = withoutColumns(people, items);
  const kept = commonCells([chosen, model]);
  const r = rowCorrelations({ x: chosen, y: model, kept });
  const means = columnMeans(chosen);
  const deviation = rowCorrelations({
    x: deviations(chosen, means),
    y: deviations(model, means),
    kept,
    correlation: uncentredCorrelation,
  });
  const within = columnCorrelations({ x: chosen, y: model, kept });
  return {
    r: meanCorrelation(r).mean,
    deviationR: meanCorrelation(deviation).mean,
    withinItems: mean(within.flatMap((value) => value ?? [])),
    lean: partContrast(r, western),
  };
}

/** Mean of each column over the rows that have it; 0 for a column without any, which no kept cell has. */
function columnMeans({ rows, columns, values, present }: MaskedMatrix): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    let n = 0;
    for (let row = 0; row < rows; row += 1) {
      const cell = row * columns + column;
      if (present[cell] === 1) {
        sum += values[cell] ?? 0;
        n += 1;
      }
    }
    return n === 0 ? 0 : sum / n;
  });
}

function deviations(matrix: MaskedMatrix, means: Float64Array): MaskedMatrix {
  const { columns } = matrix;
  return {
    ...matrix,
    values: matrix.values.map((value, cell) => deviationOf(value, means[cell % columns]) ?? 0),
  };
}

function withoutColumns(matrix: MaskedMatrix, items: readonly boolean[] | undefined): MaskedMatrix {
  return items === undefined
    ? matrix
    : { ...matrix, present: matrix.present.map((cell, place) => (items[place % matrix.columns] ? cell : 0)) };
}
