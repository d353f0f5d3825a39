import { mean, standardDeviation } from '../statistics/spread.js';
import type { SpreadAcrossCountries } from './agreement-record.js';
import { countCells } from './cell-counts.js';
import type { ScoreGrid } from './score-grid.js';

/**
 * How much mean scores differ between countries: the standard deviation across countries (n - 1), averaged over items,
 * for the model and, on the same cells, for people. A model that answers every country alike has a spread of 0.
 */
export function spreadAcrossCountries(grid: ScoreGrid): SpreadAcrossCountries {
  const model: number[] = [];
  const human: number[] = [];
  for (const place of grid.items.keys()) {
    const cells = grid.rows.flatMap((row) => {
      const cell = row[place];
      return cell?.human != null && cell.model !== null ? [{ human: cell.human, model: cell.model }] : [];
    });
    const modelSpread = standardDeviation(cells.map((cell) => cell.model));
    const humanSpread = standardDeviation(cells.map((cell) => cell.human));
    if (modelSpread !== null && humanSpread !== null) {
      model.push(modelSpread);
      human.push(humanSpread);
    }
  }
  return {
    model: mean(model),
    human: mean(human),
    items: model.length,
    reason: model.length === 0 ? 'no item has mean scores of both sides in two countries' : null,
    cells: countCells(grid.rows.flat()),
  };
}
