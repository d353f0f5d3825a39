import type { Summary } from '../../../runs/summary/summary-record.js';
import { robustnessContent, robustnessRemarks } from '../../tables/robustness-tables.js';
import { modelName } from '../figures/models.js';
import { list } from '../html-text.js';
import type { ReportSection } from '../report-input.js';
import { reportTable } from '../report-table.js';

/** How far the findings hang on choices; nothing where only a country-free wording was asked. */
export function robustnessSection(summary: Summary): ReportSection[] {
  const models = summary.robustness.map((one) => ({ ...one, model: modelName(summary, one.model) }));
  return models.length === 0
    ? []
    : [
        {
          id: 'robustness',
          title: 'How far the findings hold',
          html: [
            reportTable({
              ...robustnessContent(models),
              caption: 'Each finding over all defensible combinations of choices',
            }),
            list(robustnessRemarks(models)),
          ].join('\n'),
        },
      ];
}
