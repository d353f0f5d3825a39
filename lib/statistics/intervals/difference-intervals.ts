import { pearson } from '../correlation.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import type { IntervalSettings } from './mean-correlation-interval.js';
import { commonCells } from './row-correlations.js';
import { type RowMeanInterval, rowMeanInterval } from './row-mean-interval.js';
import { correlationStatistic, differenceStatistic } from './row-statistic.js';

/**
 * Paired difference of two models: mean over rows of r(x, y) - r(x, other), on the cells that all three have, with the
 * interval of {@link rowMeanInterval}. In units of r, not of Fisher's z.
 *
 * It says how far these two given models differ. Two trainings of one recipe are two models: for a claim about recipes
 * take their seeds as the unit (`welch`, `seedPermutation`).
 *
 * @throws InputError for matrices of different shape and for labels of another number
 */
export function pairedDifferenceInterval(
  input: IntervalSettings & {
    readonly x: MaskedMatrix;
    readonly y: MaskedMatrix;
    readonly other: MaskedMatrix;
  },
): RowMeanInterval {
  const { x, y, other, correlation = pearson, ...settings } = input;
  return rowMeanInterval({
    ...settings,
    rows: x.rows,
    columns: x.columns,
    present: commonCells([x, y, other]),
    rowValues: differenceStatistic(
      correlationStatistic({ x, y, correlation }),
      correlationStatistic({ x, y: other, correlation }),
    ),
  });
}

/**
 * Lean: mean r of the rows of one part (Western countries) minus mean r of the others, with the interval of
 * {@link rowMeanInterval}. With `other` it is the lean of `y` minus the lean of `other`, on the cells that all three have.
 * In units of r. Zero need not be the neutral value: set the lean of a baseline beside it.
 *
 * @param input.firstPart for each row whether it belongs to the first part
 * @throws InputError for matrices of different shape and for labels or marks of another number
 */
export function leanInterval(
  input: IntervalSettings & {
    readonly x: MaskedMatrix;
    readonly y: MaskedMatrix;
    readonly other?: MaskedMatrix;
    readonly firstPart: readonly boolean[];
  },
): RowMeanInterval {
  const { x, y, other, correlation = pearson, ...settings } = input;
  const own = correlationStatistic({ x, y, correlation });
  return rowMeanInterval({
    ...settings,
    rows: x.rows,
    columns: x.columns,
    present: commonCells(other === undefined ? [x, y] : [x, y, other]),
    rowValues:
      other === undefined
        ? own
        : differenceStatistic(own, correlationStatistic({ x, y: other, correlation })),
  });
}
