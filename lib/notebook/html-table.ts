import { InputError } from '../files/input-error.js';
import { describeNumbers, digitsFor, formatNumber } from './format-number.js';

/** A column of a table: which field, its heading, and how many digits its numbers show. */
export interface TableColumn<Row extends object> {
  readonly key: keyof Row & string;
  /** Default: the key. */
  readonly heading?: string;
  /** Digits after the point. Default: chosen from the column's numbers. */
  readonly digits?: number;
}

export interface TableOptions<Row extends object> {
  /** What the table shows; read out first by a screen reader. */
  readonly caption?: string;
  /** Which fields, in which order. Default: all fields of the first row. */
  readonly columns?: readonly (TableColumn<Row> | (keyof Row & string))[];
  /** Why a field of a row is null; shown as the dash's tooltip. */
  readonly whyNull?: (row: Row, key: keyof Row & string) => string | null | undefined;
  /** Leaves out columns that hold the same in all rows, and says it once in the caption. Default: false. */
  readonly hideSame?: boolean;
  /** Rows beyond this many are left out, and the caption says so. Default: 60. */
  readonly maximumRows?: number;
}

/**
 * An HTML table of records: header cells with their scope, numbers right-aligned with equal digits, text escaped,
 * null as a dash. The first column heads its row.
 *
 * Styles are inline, and alignment is given twice, because Jupyter right-aligns all cells and GitHub drops styles.
 *
 * @throws InputError when a number is not finite (undefined values are null here) or a value is no text, number or boolean
 */
export function htmlTable<Row extends object>(rows: readonly Row[], options: TableOptions<Row> = {}): string {
  const shown = rows.slice(0, options.maximumRows ?? 60);
  const { kept, same } = withoutSame(rows, tableColumns(rows, options), options.hideSame ?? false);
  const columns = kept.map((column) => {
    const values = rows.map((row, index) => cellValue(row[column.key], column.key, index));
    const numbers = values.filter((value) => typeof value === 'number');
    const isNumeric =
      numbers.length > 0 && values.every((value) => value === null || typeof value === 'number');
    const digits = column.digits ?? digitsFor(describeNumbers(numbers));
    return { ...column, values, align: isNumeric ? 'right' : 'left', digits };
  });
  const head = columns.map((column) =>
    cell('th', 'col', column.align, escapeHtml(column.heading ?? column.key)),
  );
  const body = shown.map((row, rowIndex) => {
    const cells = columns.map((column, columnIndex) => {
      const value = column.values[rowIndex] ?? null;
      const content =
        value === null ? dash(options.whyNull?.(row, column.key)) : textOf(value, column.digits);
      return columnIndex === 0
        ? cell('th', 'row', column.align, content)
        : cell('td', null, column.align, content);
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const caption = captionOf([options.caption, same], { shown: shown.length, all: rows.length });
  if (columns.length === 0) {
    // A table without columns would squeeze its caption into one.
    return `<p>${escapeHtml(caption)}</p>`;
  }
  return [
    '<table>',
    ...(caption === '' ? [] : [`<caption style="text-align:left">${escapeHtml(caption)}</caption>`]),
    `<thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>\n${body.join('\n')}\n</tbody>`,
    '</table>',
  ].join('\n');
}

/** Text made safe for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

type CellValue = string | number | boolean | null;

function tableColumns<Row extends object>(
  rows: readonly Row[],
  options: TableOptions<Row>,
): TableColumn<Row>[] {
  const columns = options.columns ?? (Object.keys(rows[0] ?? {}) as (keyof Row & string)[]);
  return columns.map((column) => (typeof column === 'string' ? { key: column } : column));
}

function cellValue(value: unknown, key: string, rowIndex: number): CellValue {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  const found = typeof value === 'number' ? String(value) : `a value of type ${typeof value}`;
  throw new InputError(
    `Making a table: row ${rowIndex + 1}, column ${key} holds ${found}. Expected text, a finite number, true, false or null.`,
  );
}

function textOf(value: string | number | boolean, digits: number): string {
  if (typeof value === 'number') {
    return escapeHtml(formatNumber(value, digits));
  }
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : escapeHtml(value);
}

function cell(tag: 'th' | 'td', scope: 'row' | 'col' | null, align: string, content: string): string {
  const scopeAttribute = scope === null ? '' : ` scope="${scope}"`;
  return `<${tag}${scopeAttribute} align="${align}" style="text-align:${align}">${content}</${tag}>`;
}

function dash(reason: string | null | undefined): string {
  return typeof reason === 'string' && reason !== '' ? `<span title="${escapeHtml(reason)}">–</span>` : '–';
}

/** The columns that differ somewhere, and in words what the others hold; all of them where there is one row. */
function withoutSame<Row extends object>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  hideSame: boolean,
): { readonly kept: readonly TableColumn<Row>[]; readonly same: string | undefined } {
  const isSame = ({ key }: TableColumn<Row>): boolean => rows.every((row) => row[key] === rows[0]?.[key]);
  const same = hideSame && rows.length > 1 ? columns.filter(isSame) : [];
  if (same.length === 0 || same.length === columns.length) {
    return { kept: columns, same: undefined };
  }
  const words = same.map(({ key, heading }) => `${heading ?? key} ${String(rows[0]?.[key] ?? '–')}`);
  return { kept: columns.filter((column) => !same.includes(column)), same: `all: ${words.join(', ')}` };
}

function captionOf(parts: readonly (string | undefined)[], rows: { shown: number; all: number }): string {
  const caption = parts.every((part) => part === undefined)
    ? undefined
    : parts.filter((part) => part !== undefined).join('; ');
  const cut =
    rows.all === 0 ? 'no rows' : rows.shown < rows.all ? `first ${rows.shown} of ${rows.all} rows` : '';
  return caption === undefined || cut === '' ? (caption ?? cut) : `${caption} (${cut})`;
}
