import { commonCells } from '../statistics/intervals/row-correlations.js';
import { type GridPart, gridMatrix } from './grid-matrix.js';
import type { PairedCells } from './paired-record.js';
import type { ScoreGrid } from './score-grid.js';

/** Two models on the same countries and items. */
export interface Pair {
  readonly first: ScoreGrid;
  readonly second: ScoreGrid;
}

/** 1 in the cells of a part that people and both models answered. */
export function commonAnswers(pair: Pair, part: GridPart): Uint8Array {
  const sides = [pair.first, pair.second].map((grid) =>
    gridMatrix(grid, part, (cell) => (cell.human === null ? null : cell.model)),
  );
  return commonCells(sides);
}

/** Counts what becomes of the cells; see {@link PairedCells}. */
export function countPaired({ first, second }: Pair): PairedCells {
  const counts = { common: 0, onlyFirst: 0, onlySecond: 0, neither: 0, withoutHumanAnswer: 0 };
  for (const [c, row] of first.rows.entries()) {
    for (const [i, { human, model }] of row.entries()) {
      const other = second.rows[c]?.[i]?.model ?? null;
      counts[kindOf({ human, model, other })] += 1;
    }
  }
  return counts;
}

function kindOf(cell: {
  human: number | null;
  model: number | null;
  other: number | null;
}): keyof PairedCells {
  if (cell.human === null) {
    return 'withoutHumanAnswer';
  }
  if (cell.model === null) {
    return cell.other === null ? 'neither' : 'onlySecond';
  }
  return cell.other === null ? 'onlyFirst' : 'common';
}
