import { nameOfRow } from '../../runs/summary/row-name.js';
import type { SummaryRow } from '../../runs/summary/summary-record.js';
import type { NamedInterval } from './interval-meaning.js';
import { formatNumber, type TableContent, textTable } from './text-table.js';
import { withInterval } from './with-interval.js';

/** The findings, each with its interval, for a terminal. */
export function headlineTable(rows: readonly SummaryRow[]): string {
  const { columns, rows: lines } = headlineContent(rows);
  return textTable(columns, lines);
}

/** The findings, each with its interval. */
export function headlineContent(rows: readonly SummaryRow[]): TableContent {
  return {
    columns: [
      { title: 'model', align: 'left' },
      { title: 'r', align: 'left' },
      { title: 'deviation r', align: 'left' },
      { title: 'r within items', align: 'left' },
      { title: 'West minus others', align: 'left' },
      { title: 'own country', align: 'right' },
    ],
    rows: rows.map(({ agreement, ownCountry, ...row }) => [
      nameOfRow(row),
      withInterval(agreement.overall.mean, agreement.overall.interval),
      withInterval(agreement.deviation.mean, agreement.deviation.interval),
      withInterval(agreement.withinItems.plainMean, agreement.withinItems.interval),
      withInterval(agreement.westernLean.lean, agreement.westernLean.interval),
      formatNumber(ownCountry?.meanPercentile ?? null, 3),
    ]),
  };
}

/** The intervals of the table, for the notes under it. */
export function headlineIntervals(line: SummaryRow): NamedInterval[] {
  const { overall, deviation, withinItems, westernLean } = line.agreement;
  const row = nameOfRow(line);
  const named: NamedInterval[] = [
    { row, figure: 'r', interval: overall.interval },
    { row, figure: 'deviation r', interval: deviation.interval },
    { row, figure: 'r within items', interval: withinItems.interval },
    { row, figure: 'West minus others', interval: westernLean.interval },
  ];
  // Why a reference has none is said by what it is.
  return named.filter(({ interval }) => line.kind === 'model' || interval.uncertainty !== null);
}
