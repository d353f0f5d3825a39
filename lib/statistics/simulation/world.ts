import type { MaskedMatrix } from '../masked-matrix.js';
import type { RandomGenerator } from '../random.js';
import { normalNumbers } from './normal-numbers.js';

/** How a made-up world hangs together. */
export interface WorldPlan {
  readonly rows: number;
  readonly columns: number;
  /** Columns of one group (items of a battery); 1 makes all columns independent. */
  readonly columnsPerGroup: number;
  /** Correlation of the columns of a group, in people and in the errors of models: from 0 to 1. */
  readonly columnCorrelation: number;
  /** For each row its group (cultural zone), by a number from 0: named, whether or not rows of one group hang together. */
  readonly rowGroups: readonly number[];
  /** Share of a row's own part that is common to its group: from 0, all rows independent, to 1. */
  readonly rowCorrelation: number;
  /** Share of the variance of a column that is the same in all rows, as item means are. */
  readonly commonShare: number;
}

/** Rows and columns of people and of two models whose population correlations are known. */
export interface World {
  readonly people: MaskedMatrix;
  readonly models: readonly [MaskedMatrix, MaskedMatrix];
  readonly columnGroups: readonly string[];
  readonly rowGroups: readonly string[];
}

/**
 * Draws a world. In row c and model m, scores are r_cm x people + sqrt(1 - r_cm^2) x error, so that r_cm is the correlation
 * over the columns that might have been drawn.
 *
 * @param populationR r_cm for each model and row
 */
export function drawWorld(
  plan: WorldPlan,
  populationR: readonly [readonly number[], readonly number[]],
  random: RandomGenerator,
): World {
  const normal = normalNumbers(random);
  const people = scores(plan, normal);
  const model = (r: readonly number[]): MaskedMatrix => {
    const errors = scores(plan, normal);
    return matrix(plan, (row, cell) => {
      const own = r[row] ?? 0;
      return own * (people[cell] ?? 0) + Math.sqrt(1 - own * own) * (errors[cell] ?? 0);
    });
  };
  return {
    people: matrix(plan, (_, cell) => people[cell] ?? 0),
    models: [model(populationR[0]), model(populationR[1])],
    columnGroups: Array.from({ length: plan.columns }, (_, column) =>
      String(Math.floor(column / plan.columnsPerGroup)),
    ),
    rowGroups: plan.rowGroups.map(String),
  };
}

/** Scores of variance 1: a part that all rows share, a part of each group of rows, a part of each row. */
function scores(plan: WorldPlan, normal: () => number): Float64Array {
  const { rows, columns, rowGroups, rowCorrelation, commonShare } = plan;
  const common = profile(plan, normal);
  const ofGroup = Array.from({ length: Math.max(...rowGroups) + 1 }, () => profile(plan, normal));
  const all = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const group = ofGroup[rowGroups[row] ?? 0];
    const own = profile(plan, normal);
    for (let column = 0; column < columns; column += 1) {
      const special =
        Math.sqrt(rowCorrelation) * (group?.[column] ?? 0) +
        Math.sqrt(1 - rowCorrelation) * (own[column] ?? 0);
      all[row * columns + column] =
        Math.sqrt(commonShare) * (common[column] ?? 0) + Math.sqrt(1 - commonShare) * special;
    }
  }
  return all;
}

/** One number for each column, correlated inside groups of columns. */
function profile(
  { columns, columnsPerGroup, columnCorrelation }: WorldPlan,
  normal: () => number,
): Float64Array {
  let ofGroup = 0;
  return Float64Array.from({ length: columns }, (_, column) => {
    ofGroup = column % columnsPerGroup === 0 ? normal() : ofGroup;
    return Math.sqrt(columnCorrelation) * ofGroup + Math.sqrt(1 - columnCorrelation) * normal();
  });
}

function matrix({ rows, columns }: WorldPlan, valueAt: (row: number, cell: number) => number): MaskedMatrix {
  const values = Float64Array.from({ length: rows * columns }, (_, cell) =>
    valueAt(Math.floor(cell / columns), cell),
  );
  return { rows, columns, values, present: new Uint8Array(values.length).fill(1) };
}
