import { nameOfModel } from '../../../runs/summary/row-name.js';
import type { Summary, SummaryModel } from '../../../runs/summary/summary-record.js';
import { columnNotes, peopleNote } from '../../tables/summary-notes.js';
import { formatNumber, type TableContent } from '../../tables/text-table.js';
import { list, paragraph } from '../html-text.js';
import type { ReportSection } from '../report-input.js';
import { reportTable } from '../report-table.js';

/** Everything that the numbers rest on: settings, people's side, what the columns mean, versions. */
export function settingsSection(summary: Summary): ReportSection {
  return {
    id: 'basis',
    title: 'What the numbers rest on',
    html: '',
    parts: [
      {
        id: 'settings',
        title: 'Settings',
        html: reportTable({
          ...pairs(['setting', 'value'], Object.entries(summary.settings)),
          caption:
            'All settings of the study, defaults filled in; data/studies/README.md says what each means',
        }),
      },
      { id: 'models', title: 'Models', html: modelsHtml(summary) },
      { id: 'people', title: 'People', html: peopleHtml(summary) },
      { id: 'notes', title: 'Notes', html: list([...summary.notes, ...columnNotes(summary)]) },
      {
        id: 'versions',
        title: 'Versions',
        html: reportTable({
          ...pairs(['of', 'version'], Object.entries(summary.versions)),
          caption: 'What computed the numbers',
        }),
      },
    ],
  };
}

function modelsHtml({ models }: Summary): string {
  return reportTable({
    caption: 'The models that were asked, each by a SHA-256 over graph, weights, tokenizer and configuration',
    columns: ['model', 'came from', 'SHA-256'].map((title) => ({ title, align: 'left' })),
    rows: models.map(({ name, dtype, identity, origin }) => [
      nameOfModel({ name, dtype }),
      originText(origin),
      identity,
    ]),
  });
}

function originText(origin: SummaryModel['origin']): string {
  if (origin === null) {
    return 'given as files';
  }
  switch (origin.kind) {
    case 'hub':
      return `${origin.id} at ${origin.revision}, ${origin.graph}`;
    case 'endpoint': {
      const many = origin.servers > 1 ? ` (${origin.servers} servers)` : '';
      return `${origin.model}, served by ${origin.server} ${origin.version}${many}`;
    }
    case 'log':
      return `${origin.model}, asked by ${origin.tool} ${origin.versions[origin.tool] ?? ''}, log ${origin.file}`;
  }
}

function peopleHtml(summary: Summary): string {
  const { ceilings } = summary.human;
  return [
    paragraph(peopleNote(summary)),
    reportTable({
      caption: 'How high the figures could be, people having been sampled and nothing else gone wrong',
      columns: [
        { title: 'design effect', align: 'left' },
        { title: 'r', align: 'right' },
        { title: 'deviation r', align: 'right' },
        { title: 'r within items', align: 'right' },
      ],
      rows: ceilings.map(({ designEffect, r, deviationR, withinItems }) => [
        String(designEffect),
        ...[r, deviationR, withinItems].map((value) => formatNumber(value, 3)),
      ]),
    }),
  ].join('\n');
}

function pairs(
  titles: readonly [string, string],
  entries: readonly (readonly [string, unknown])[],
): TableContent {
  return {
    columns: titles.map((title) => ({ title, align: 'left' })),
    rows: entries.map(([name, value]) => [name, settingText(value)]),
  };
}

/** A setting as text: lists with commas, an object's fields with their names, "none" for null. */
function settingText(value: unknown): string {
  if (value === null) {
    return 'none';
  }
  if (Array.isArray(value)) {
    return value.map(settingText).join(', ');
  }
  return typeof value === 'object'
    ? Object.entries(value)
        .map(([name, one]) => `${name}: ${settingText(one)}`)
        .join(', ')
    : String(value);
}
