import { specificationCurveFigure } from '../../../figures/specification-curve.js';
import type { ModelRobustness } from '../../../runs/robustness/model-robustness.js';
import type { SpecificationRow } from '../../../runs/robustness/specification-rows.js';
import { formatNumber } from '../../tables/text-table.js';
import type { ReportFigure } from '../embed-figure.js';
import type { ReportInput } from '../report-input.js';
import { modelName } from './models.js';

const MEASURE = 'deviation r';

/** Deviation r of each model under every combination of choices; a model without a single defined one has none. */
export function specificationFigures({ summary, specifications }: ReportInput): ReportFigure[] {
  return summary.robustness.flatMap((robustness) => {
    const rows = specifications.filter(({ model }) => model === robustness.model);
    const title = `Deviation r under all combinations of choices: ${modelName(summary, robustness.model)}`;
    return rows.every(({ deviation_r }) => deviation_r === null)
      ? []
      : [
          {
            label: title,
            figure: specificationCurveFigure({
              ...{ title, measure: MEASURE },
              specifications: rows.map((row) => ({
                value: row.deviation_r,
                choices: choicesOf(row),
                ...{ chosen: row.chosen === 1, counted: row.counted === 1 },
              })),
            }),
            reading: reading(robustness),
          },
        ];
  });
}

function choicesOf({
  template: wording,
  format,
  reading,
  orders,
  weights,
  cells,
  items,
  people: survey,
  countries,
}: SpecificationRow): Readonly<Record<string, string>> {
  return { wording, format, reading, orders, survey, weights, cells, countries, items };
}

function reading({ findings }: ModelRobustness): string {
  const found = findings.find(({ id }) => id === MEASURE);
  const start =
    'Every mark is deviation r under one combination of choices; the star is the one that this report tells';
  if (found === undefined || found.least === null || found.most === null) {
    return `${start}.`;
  }
  const { specifications, least, most, sameSign } = found;
  return (
    `${start}. Over the ${specifications} that count it runs from ${formatNumber(least, 3)} to ${formatNumber(most, 3)}` +
    (sameSign === null ? '.' : `, with the sign of the star in ${Math.round(100 * sameSign)} %.`)
  );
}
