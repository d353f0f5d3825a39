import { escapeHtml } from '../../../notebook/html-table.js';
import type { Summary } from '../../../runs/summary/summary-record.js';
import { MINI_NOT_REAL } from '../../tables/mini-world/not-real.js';
import { modelName, modelRows } from '../figures/models.js';
import { paragraph } from '../html-text.js';

/** What stands below the title: which study, what its readers must know, and what warns of mini models. */
export function openingHtml(summary: Summary): string {
  const { study, miniModels } = summary;
  const { side } = summary.human;
  const survey = side === null || side.categories === null ? 'the World Values Survey' : side.title;
  return [
    `<p class="study">Whose values do the models of study <code>${escapeHtml(study.id)}</code> reproduce? What they answer to items of ${escapeHtml(survey)}, beside what people answered.</p>`,
    ...(study.note === null ? [] : [`<div class="note">${paragraph(study.note)}</div>`]),
    ...(miniModels.length === 0 ? [] : [miniWarning(summary)]),
    ...(modelRows(summary).some(({ dtype }) => dtype === 'recorded')
      ? [
          paragraph(
            '"(recorded)" behind a name: its answers were recorded earlier and stand in for the model.',
          ),
        ]
      : []),
  ].join('\n');
}

function miniWarning(summary: Summary): string {
  const names = summary.miniModels.map((model) => modelName(summary, model)).join(', ');
  return `<div class="warning" role="note">\n<p><strong>Mini models: ${escapeHtml(names)}.</strong> ${escapeHtml(MINI_NOT_REAL)}</p>\n</div>`;
}
