import type { MeanAgreement } from '../../analysis/agreement-record.js';
import { nameOfRow } from '../../runs/summary/row-name.js';
import type { SummaryRow } from '../../runs/summary/summary-record.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';
import { withInterval } from './with-interval.js';

/** More models than this are lines, without intervals: as columns they would not fit a terminal. estimates.csv has all. */
const MOST_COLUMNS = 4;

const TERMINAL_WIDTH = 120;
const NUMBER_WIDTH = '−0.00'.length;
const COLUMN_GAP = 2;

/** The parts of an agreement that a table is about. */
type PartsOf = (
  row: SummaryRow,
) => readonly (MeanAgreement & { readonly id: string; readonly items: number })[];

/** r of each part (continent, category) of each model. */
export function partsTable(rows: readonly SummaryRow[], partsOf: PartsOf): string {
  const [first] = rows;
  const ids = first === undefined ? [] : partsOf(first).map((part) => part.id);
  return rows.length > MOST_COLUMNS ? modelsAsLines(rows, partsOf, ids) : partsAsLines(rows, partsOf, ids);
}

function partsAsLines(rows: readonly SummaryRow[], partsOf: PartsOf, ids: readonly string[]): string {
  const columns: TextColumn[] = [
    { title: '', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'countries', align: 'right' },
    ...rows.map((row) => ({ title: nameOfRow(row), align: 'left' as const })),
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
          part === undefined ? formatNumber(null, 3) : withInterval(part.mean, part.interval),
        ),
      ];
    }),
  );
}

function modelsAsLines(rows: readonly SummaryRow[], partsOf: PartsOf, ids: readonly string[]): string {
  const names = Math.max(0, ...rows.map((row) => nameOfRow(row).length));
  return inWidth(ids, names)
    .map((some) =>
      textTable(
        [{ title: '', align: 'left' }, ...some.map((title): TextColumn => ({ title, align: 'right' }))],
        rows.map((row) => [
          nameOfRow(row),
          ...some.map((id) => formatNumber(partsOf(row).find((part) => part.id === id)?.mean ?? null, 2)),
        ]),
      ),
    )
    .join('\n\n');
}

/** Column titles in as few tables as fit a terminal, one below the other. */
function inWidth(titles: readonly string[], names: number): string[][] {
  const tables: string[][] = [];
  let width = Number.POSITIVE_INFINITY;
  for (const title of titles) {
    const column = Math.max(title.length, NUMBER_WIDTH) + COLUMN_GAP;
    if (width + column > TERMINAL_WIDTH) {
      tables.push([]);
      width = names;
    }
    tables.at(-1)?.push(title);
    width += column;
  }
  return tables;
}

/** One number where all columns rest on as many countries, else the range. */
function countsOf(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least}–${most}`;
}
