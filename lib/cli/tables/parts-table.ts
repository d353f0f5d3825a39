import type { MeanAgreement } from '../../analysis/agreement-record.js';
import { nameOfRow } from '../../runs/summary/row-name.js';
import type { SummaryRow } from '../../runs/summary/summary-record.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';
import { withInterval } from './with-interval.js';

/** With more columns than this their intervals would not fit a terminal; estimates.csv has them. */
const MOST_WITH_INTERVALS = 4;

/** Parts as lines, models as columns: there are more parts than a terminal is wide. */
export function partsTable(
  rows: readonly SummaryRow[],
  partsOf: (row: SummaryRow) => readonly (MeanAgreement & { readonly id: string; readonly items: number })[],
): string {
  const [first] = rows;
  const ids = first === undefined ? [] : partsOf(first).map((part) => part.id);
  const columns: TextColumn[] = [
    { title: '', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'countries', align: 'right' },
    ...rows.map((row) => ({
      title: nameOfRow(row),
      align: (rows.length > MOST_WITH_INTERVALS ? 'right' : 'left') as TextColumn['align'],
    })),
  ];
  return textTable(
    columns,
    ids.map((id) => {
      const own = rows.map((row) => partsOf(row).find((part) => part.id === id));
      return [
        id,
        String(own[0]?.items ?? 0),
        countsOf(own.map((part) => part?.n ?? 0)),
        ...own.map((part) =>
          part === undefined || rows.length > MOST_WITH_INTERVALS
            ? formatNumber(part?.mean ?? null, 3)
            : withInterval(part.mean, part.interval),
        ),
      ];
    }),
  );
}

/** One number where all columns rest on as many countries, else the range. */
function countsOf(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least}–${most}`;
}
