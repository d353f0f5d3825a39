import { ITEM_MEANS } from '../../analysis/references/item-means-reference.js';
import type { Summary } from '../../runs/summary/summary-record.js';
import { evidenceTable, levelTable } from './evidence-table.js';
import { headlineTable } from './headline-table.js';
import { partsTable } from './parts-table.js';
import { robustnessTables } from './robustness-tables.js';
import { summaryNotes } from './summary-notes.js';
import { trainingTables, trainingTitle } from './training-tables.js';
import { wrapped } from './wrapped.js';

/** The findings of a study as tables for a terminal, from the headline to what it rests on. */
export function summaryTables(summary: Summary): string {
  const { rows } = summary;
  // The other references have their place in the first table; here they would only make it too wide.
  const compared = rows.filter((row) => row.kind === 'model' || row.name === ITEM_MEANS);
  const sections = [
    {
      title: 'Agreement with people, with 95 % intervals',
      table: headlineTable(rows),
    },
    { title: 'What it rests on', table: evidenceTable(compared) },
    { title: 'What r does not see', table: levelTable(compared) },
    { title: 'r by continent', table: partsTable(compared, (row) => row.agreement.byContinent) },
    {
      title: 'r by category (items of the category only)',
      table: partsTable(compared, (row) => row.agreement.byCategory),
    },
    ...summary.analyses.map((analysis) => ({
      title: trainingTitle(analysis),
      table: trainingTables(analysis),
    })),
    ...(summary.robustness.length === 0
      ? []
      : [{ title: 'How far the findings hold', table: robustnessTables(summary.robustness) }]),
  ];
  const body = sections.map(({ title, table }) => `${title}\n\n${table}`).join('\n\n');
  const paragraphs = [...summary.findings, '', ...summaryNotes(summary)];
  return [body, '', ...paragraphs.map((paragraph) => wrapped(paragraph))].join('\n');
}
