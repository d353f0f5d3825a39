import type { MeanAgreement } from '../analysis/agreement-record.js';
import type { Summary, SummaryRow } from '../runs/summary.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';

const FEW_ITEMS = 25;
// What a model made of recorded readings has in place of an element type.
const RECORDED = 'recorded';

/** The findings of a study as tables for a terminal: models, then continents, then categories. */
export function summaryTables(summary: Summary): string {
  const { rows } = summary;
  const sections = [
    {
      title: 'Agreement with people (Fisher-z mean over countries of Pearson r over items)',
      table: headline(rows),
    },
    { title: 'r by continent', table: parts(rows, (row) => row.agreement.byContinent) },
    {
      title: 'r by category (items of the category only)',
      table: parts(rows, (row) => row.agreement.byCategory),
    },
  ];
  const body = sections.map(({ title, table }) => `${title}\n\n${table}`).join('\n\n');
  const { human } = summary;
  return [
    body,
    '',
    `People: ${human.cells} cells, ${human.weightedCells} weighted, ${human.unweightedCells} unweighted, ` +
      `${human.suspectCells} that look wrong in the survey itself (kept); ${rows[0]?.agreement.cells.withoutHumanAnswer ?? 0} ` +
      `cells have no human answer. Not in r (summary.json says why): ${leftOut(rows)}.`,
    ...((rows[0]?.agreement.items.used ?? 0) < FEW_ITEMS
      ? [`r over fewer than ${FEW_ITEMS} items moves a lot with each of them: a look, not a finding.`]
      : []),
    '"item means" is a reference that knows no culture: every country gets the mean of the other countries.',
    '"own country" is the share of other countries whose people are further from the model\'s answers than its own: .5 is chance.',
    '"West minus others" is the difference of plain means of r; compare it with that of "item means", whose lean is not 0.',
    'A dash is undefined; summary.json says why.',
  ].join('\n');
}

function headline(rows: readonly SummaryRow[]): string {
  const columns: TextColumn[] = [
    { title: 'model', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'cells', align: 'right' },
    { title: 'unscored', align: 'right' },
    { title: 'r', align: 'right' },
    { title: 'deviation r', align: 'right' },
    { title: 'r within items', align: 'right' },
    { title: 'own country', align: 'right' },
    { title: 'West minus others', align: 'right' },
    { title: 'option mass', align: 'right' },
    { title: 'order gap', align: 'right' },
  ];
  return textTable(
    columns,
    rows.map(({ agreement, ownCountry, ...row }) => [
      nameOf(row),
      String(agreement.items.used),
      String(agreement.cells.used),
      String(agreement.modelCells.unscored),
      formatNumber(agreement.overall.mean, 3),
      formatNumber(agreement.deviation.mean, 3),
      formatNumber(agreement.withinItems.mean, 3),
      formatNumber(ownCountry?.meanPercentile ?? null, 3),
      formatNumber(agreement.westernLean.lean, 3),
      formatNumber(agreement.optionMass.mean, 3),
      formatNumber(agreement.orderGap.mean, 3),
    ]),
  );
}

/** Parts as lines, models as columns: there are more parts than a terminal is wide. */
function parts(
  rows: readonly SummaryRow[],
  partsOf: (row: SummaryRow) => readonly (MeanAgreement & { readonly id: string; readonly items: number })[],
): string {
  const [first] = rows;
  const ids = first === undefined ? [] : partsOf(first).map((part) => part.id);
  const columns: TextColumn[] = [
    { title: '', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'countries', align: 'right' },
    ...rows.map((row) => ({ title: nameOf(row), align: 'right' as const })),
  ];
  return textTable(
    columns,
    ids.map((id) => {
      const own = rows.map((row) => partsOf(row).find((part) => part.id === id));
      return [
        id,
        String(own[0]?.items ?? 0),
        countsOf(own.map((part) => part?.n ?? 0)),
        ...own.map((part) => formatNumber(part?.mean ?? null, 3)),
      ];
    }),
  );
}

/** One number where all columns rest on as many countries, else the range. */
function countsOf(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least}–${most}`;
}

function nameOf(row: Pick<SummaryRow, 'kind' | 'name' | 'template' | 'format' | 'dtype'>): string {
  if (row.kind === 'reference') {
    return row.name;
  }
  const ways = [
    row.template === 'people-answer' ? null : row.template,
    row.format === 'plain' ? null : row.format,
    row.dtype === RECORDED ? RECORDED : null,
  ];
  const how = ways.filter((way) => way !== null).join(', ');
  return how === '' ? row.name : `${row.name} (${how})`;
}

function leftOut(rows: readonly SummaryRow[]): string {
  const items = rows[0]?.agreement.items.leftOut ?? [];
  return items.length === 0 ? 'nothing' : items.map((item) => item.variable).join(', ');
}
