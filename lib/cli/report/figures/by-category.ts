import { rByCategoryFigure } from '../../../figures/r-by-category.js';
import { nameOfRow } from '../../../runs/summary/row-name.js';
import type { SummaryRow } from '../../../runs/summary/summary-record.js';
import { formatNumber } from '../../tables/text-table.js';
import type { ReportFigure } from '../embed-figure.js';
import type { ReportInput } from '../report-input.js';
import { extremes } from './extremes.js';
import { inGroups } from './in-groups.js';
import { itemMeansRow, modelRows } from './models.js';

/** More columns than this leave no room for the numbers in their fields. */
const MOST_MODELS = 10;

/** r of the models by category beside that of item means; none where no category has enough items for an r. */
export function byCategoryFigures({ summary, categories }: ReportInput): ReportFigure[] {
  const means = itemMeansRow(summary);
  return inGroups(modelRows(summary), MOST_MODELS).flatMap(({ some, which }) => {
    const found = reading(some, categories);
    const title = `r by category${which}`;
    const figure = rByCategoryFigure({
      ...{ title, categories },
      models: [...some, ...(means === null ? [] : [means])].map((row) => ({
        name: nameOfRow(row),
        categories: row.agreement.byCategory,
      })),
    });
    return found === null ? [] : [{ label: title, figure, reading: found }];
  });
}

/** Null where no r is defined. */
function reading(rows: readonly SummaryRow[], categories: ReportInput['categories']): string | null {
  const found = extremes(
    rows.flatMap((row) =>
      row.agreement.byCategory.map(({ id, mean }) => ({
        name: nameOfRow(row),
        category: categories.find((category) => category.id === id)?.title ?? id,
        value: mean,
      })),
    ),
  );
  if (found === null) {
    return null;
  }
  const { highest, lowest } = found;
  return (
    'A darker field is a higher r; read a model beside item means in the same line, since categories differ in how much all countries ' +
    `agree. Highest here: ${highest.name}, ${highest.category} (${formatNumber(highest.value, 2)}); lowest: ` +
    `${lowest.name}, ${lowest.category} (${formatNumber(lowest.value, 2)}).`
  );
}
