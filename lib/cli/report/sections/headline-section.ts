import type { Summary } from '../../../runs/summary/summary-record.js';
import { evidenceContent, levelContent } from '../../tables/evidence-table.js';
import { headlineContent } from '../../tables/headline-table.js';
import { fewItemsNote } from '../../tables/summary-notes.js';
import { comparedRows } from '../figures/models.js';
import { list, paragraph } from '../html-text.js';
import type { ReportSection } from '../report-input.js';
import { reportTable } from '../report-table.js';

/** The findings as tables, models first, then what to read them beside. */
export function headlineSection(summary: Summary): ReportSection {
  const { rows } = summary;
  const compared = comparedRows(summary);
  const quietOf = (some: typeof rows): number[] =>
    some.flatMap(({ kind }, place) => (kind === 'reference' ? [place] : []));
  return {
    id: 'agreement',
    title: 'Agreement with people',
    html: [
      list(fewItemsNote(summary)),
      reportTable({
        ...headlineContent(rows),
        caption: 'Agreement with people, with 95 % intervals',
        quiet: quietOf(rows),
      }),
      paragraph(
        'Rows in grey are no models but what to read models beside, from random answers to how predictable people are from each other.',
      ),
      reportTable({
        ...evidenceContent(compared),
        caption: 'What it rests on',
        quiet: quietOf(compared),
      }),
      reportTable({ ...levelContent(compared), caption: 'What r does not see', quiet: quietOf(compared) }),
      '<p>What the columns mean and how to read intervals: <a href="#notes">notes</a>.</p>',
    ].join('\n'),
  };
}
