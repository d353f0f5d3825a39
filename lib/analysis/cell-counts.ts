import type { CellCount } from './agreement-record.js';
import type { GridCell } from './score-grid.js';

/** Counts where cells went; see {@link CellCount}. */
export function countCells(cells: Iterable<GridCell>): CellCount {
  let used = 0;
  let unscored = 0;
  let withoutHumanAnswer = 0;
  for (const { human, model } of cells) {
    if (human === null) {
      withoutHumanAnswer += 1;
    } else if (model === null) {
      unscored += 1;
    } else {
      used += 1;
    }
  }
  return { expected: used + unscored + withoutHumanAnswer, used, unscored, withoutHumanAnswer };
}

/** Adds counts up. */
export function sumCellCounts(counts: readonly CellCount[]): CellCount {
  return counts.reduce(
    (sum, count) => ({
      expected: sum.expected + count.expected,
      used: sum.used + count.used,
      unscored: sum.unscored + count.unscored,
      withoutHumanAnswer: sum.withoutHumanAnswer + count.withoutHumanAnswer,
    }),
    { expected: 0, used: 0, unscored: 0, withoutHumanAnswer: 0 },
  );
}
