import { escapeHtml } from '../../notebook/html-table.js';
import type { TableContent } from '../tables/text-table.js';

/** A table of the page. */
export interface ReportTable extends TableContent {
  /** What the table shows, as plain text. */
  readonly caption: string;
  /** Places of the rows that stand back, such as references among models. */
  readonly quiet?: readonly number[];
}

/** An HTML table with the cells of a terminal's: the first cell of a line heads it, an empty one goes on with that above. */
export function reportTable({ caption, columns, rows, quiet = [] }: ReportTable): string {
  const head = columns.map(({ title, align }) =>
    title === '' ? '<td></td>' : `<th scope="col"${classOf(align, '')}>${escapeHtml(title)}</th>`,
  );
  const body = rows.map((cells, row) => {
    const [first = '', ...others] = cells;
    const rest = others.map(
      (cell, place) => `<td${classOf(columns[place + 1]?.align, cell)}>${escapeHtml(cell)}</td>`,
    );
    return `<tr${quiet.includes(row) ? ' class="quiet"' : ''}>${headCell(first, linesBelow(rows, row))}${rest.join('')}</tr>`;
  });
  return [
    '<div class="scroll"><table>',
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>\n${body.join('\n')}\n</tbody>`,
    '</table></div>',
  ].join('\n');
}

/** A number with its interval stays on one line; a reason or a list does not. */
const SHORT = 30;

function classOf(align: 'left' | 'right' | undefined, cell: string): string {
  if (align === 'right') {
    return ' class="number"';
  }
  return cell !== '' && cell.length <= SHORT ? ' class="short"' : '';
}

function headCell(text: string, below: number): string {
  if (text === '') {
    return '';
  }
  return below === 0
    ? `<th scope="row">${escapeHtml(text)}</th>`
    : `<th scope="rowgroup" rowspan="${below + 1}">${escapeHtml(text)}</th>`;
}

/** Lines that go on with a line: those below it without a first cell. */
function linesBelow(rows: TableContent['rows'], row: number): number {
  const next = rows.findIndex(([first], place) => place > row && first !== '');
  return (next === -1 ? rows.length : next) - row - 1;
}
