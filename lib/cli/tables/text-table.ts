/** A column of a text table. */
export interface TextColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** What stands in a table, whichever way it is shown. */
export interface TableContent {
  readonly columns: readonly TextColumn[];
  /** Cells as text. An empty first cell goes on with the line above it. */
  readonly rows: readonly (readonly string[])[];
}

/** A table for a terminal: columns as wide as they need to be, two spaces between them, a rule under the titles. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        const cell = cells[index] ?? '';
        return column.align === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const titles = line(columns.map((column) => column.title));
  return [titles, widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** A number for a table: fixed decimals with a real minus sign (none before a zero), a dash where it is undefined. */
export function formatNumber(value: number | null, decimals: number): string {
  if (value === null) {
    return '–';
  }
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** The same with a plus sign where it is above 0. */
export function formatSigned(value: number | null, decimals: number): string {
  const text = formatNumber(value, decimals);
  return value !== null && value > 0 && Number(text) !== 0 ? `+${text}` : text;
}
