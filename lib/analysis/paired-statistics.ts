import { commonCells, type SampleCorrelation } from '../statistics/intervals/row-correlations.js';
import { correlationStatistic, type RowStatistic } from '../statistics/intervals/row-statistic.js';
import type { MaskedMatrix } from '../statistics/masked-matrix.js';
import { mean } from '../statistics/spread.js';
import { gridMatrix } from './grid-matrix.js';
import type { Pair } from './paired-cells.js';

/** A number for each country, of both models, and the cells that it may be computed from. */
export interface PairedStatistics {
  readonly present: Uint8Array;
  readonly first: RowStatistic;
  readonly second: RowStatistic;
}

/** r of each country with its people `x`, of both models. */
export function correlationStatistics(
  x: MaskedMatrix,
  [first, second]: readonly [MaskedMatrix, MaskedMatrix],
  correlation: SampleCorrelation,
): Omit<PairedStatistics, 'present'> {
  return {
    first: correlationStatistic({ x, y: first, correlation }),
    second: correlationStatistic({ x, y: second, correlation }),
  };
}

/** Mean option mass of each country, of both models. */
export function massStatistics(pair: Pair): PairedStatistics {
  const [first, second] = [pair.first, pair.second].map((grid) => {
    const masses = new Map(grid.scored.map((cell) => [`${cell.variable} ${cell.country}`, cell.optionMass]));
    return gridMatrix(grid, {}, ({ human }, { country, item }) =>
      human === null
        ? null
        : (masses.get(`${grid.items[item]?.variable} ${grid.countries[country]?.iso3}`) ?? null),
    );
  }) as [MaskedMatrix, MaskedMatrix];
  return { present: commonCells([first, second]), first: rowMeans(first), second: rowMeans(second) };
}

function rowMeans({ rows, columns, values }: MaskedMatrix): RowStatistic {
  const of: RowStatistic['of'] = (kept) =>
    Array.from({ length: rows }, (_, row) =>
      mean(
        Array.from(values.subarray(row * columns, (row + 1) * columns)).filter(
          (_value, i) => kept[row * columns + i] === 1,
        ),
      ),
    );
  return { of };
}
