import type { TrainingAnalysis } from '../../../analysis/training/training-record.js';
import type { Summary } from '../../../runs/summary/summary-record.js';
import { claimOf, contrastContent, trainingNotes, trainingTitle } from '../../tables/training-tables.js';
import { list, paragraph } from '../html-text.js';
import type { ReportSection } from '../report-input.js';
import { reportTable } from '../report-table.js';

/** The comparisons for a factor of training; nothing where the study asks for none. */
export function trainingSection({ analyses }: Summary): ReportSection[] {
  return analyses.length === 0
    ? []
    : [
        {
          id: 'training',
          title: 'What training has to do with it',
          html: paragraph('Every arm is set against the first.'),
          parts: analyses.map((analysis, place) => ({
            id: `training-${place + 1}`,
            title: trainingTitle(analysis),
            html: analysisHtml(analysis),
          })),
        },
      ];
}

function analysisHtml(analysis: TrainingAnalysis): string {
  return [
    ...analysis.contrasts.flatMap((contrast) => [
      reportTable({
        ...contrastContent(contrast),
        caption: `${contrast.second} against ${contrast.first}`,
      }),
      paragraph(claimOf(contrast)),
    ]),
    list(trainingNotes(analysis)),
  ].join('\n');
}
