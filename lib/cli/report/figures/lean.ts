import { westernLeanFigure } from '../../../figures/western-lean.js';
import { nameOfRow } from '../../../runs/summary/row-name.js';
import type { Summary } from '../../../runs/summary/summary-record.js';
import { formatSigned } from '../../tables/text-table.js';
import type { ReportFigure } from '../embed-figure.js';
import { comparedRows, itemMeansRow, modelRows } from './models.js';

/** r in Western countries and elsewhere; none where the study has no countries on one of the sides. */
export function leanFigures(summary: Summary): ReportFigure[] {
  if (modelRows(summary).every(({ agreement }) => agreement.westernLean.lean === null)) {
    return [];
  }
  const neutral = itemMeansRow(summary)?.agreement.westernLean.lean ?? null;
  const title = 'r in Western countries and elsewhere';
  return [
    {
      label: title,
      figure: westernLeanFigure({
        title,
        rows: comparedRows(summary).map((row) => {
          const { western, others, lean, interval } = row.agreement.westernLean;
          return { name: nameOfRow(row), kind: row.kind, western, others, lean, interval };
        }),
      }),
      reading:
        'Where the circle lies right of the square, answers agree more with people of Western countries than with others' +
        (neutral === null
          ? '.'
          : `; item means, which know no culture, have ${formatSigned(neutral, 2)}: read a model beside that, not beside 0.`),
    },
  ];
}
