import { scoreBoxesFigure } from '../../../figures/score-boxes.js';
import { nameOfRow } from '../../../runs/summary/row-name.js';
import type { Summary, SummaryRow } from '../../../runs/summary/summary-record.js';
import { formatNumber } from '../../tables/text-table.js';
import type { ReportFigure } from '../embed-figure.js';
import { modelRows } from './models.js';

/** Mean scores of people and of each model by category; a country-free wording has none. */
export function boxFigures(summary: Summary): ReportFigure[] {
  return modelRows(summary).flatMap((row) => {
    const scores = row.scores ?? [];
    const name = nameOfRow(row);
    const title = `Mean scores by category: people and ${name}`;
    return scores.every(({ model }) => model === null)
      ? []
      : [
          {
            label: title,
            figure: scoreBoxesFigure({ title, model: name, categories: scores }),
            reading: reading(row),
          },
        ];
  });
}

function reading({ agreement: { spread } }: SummaryRow): string {
  const { model, human, items } = spread;
  return (
    "Where the model's box is narrower than people's, its answers are squeezed together." +
    (model === null || human === null
      ? ''
      : ` Across countries, the mean score of an item has a standard deviation of ${formatNumber(model, 3)} at the model and ` +
        `${formatNumber(human, 3)} at people (means over ${items} items).`)
  );
}
