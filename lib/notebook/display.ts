import type { PlotlyFigure } from '../figures/plotly-figure.js';
import { figureWordsHtml } from './figure-html.js';
import { htmlTable, type TableOptions } from './html-table.js';
import { kernelDisplays } from './kernel-display.js';
import { plainFigure } from './plain-figure.js';

/** A danfojs DataFrame, or anything else that lists its columns and its rows of values. */
export interface Frame {
  readonly columns: readonly string[];
  // danfojs types this loosely: an array of rows for a DataFrame.
  readonly values: readonly unknown[];
}

// JupyterLab's plotly has a button that offers to upload a figure.
const STAYS_HERE = {
  displaylogo: false,
  showSendToCloud: false,
  modeBarButtonsToRemove: ['sendChartToCloud'],
};

/**
 * Draws a plotly figure below the cell (in JupyterLab and VS Code), and below it the same in words, folded away.
 *
 * @throws InputError outside a notebook, or when the figure holds nothing to draw or a value that is not plain data
 */
export function show(figure: PlotlyFigure): void {
  // The object itself: a JSON string would be stored as a string, which no viewer draws.
  const plain = plainFigure({ ...figure, config: { ...STAYS_HERE, ...figure.config } });
  kernelDisplays().display.raw('application/vnd.plotly.v1+json', plain);
  kernelDisplays().display.html(figureWordsHtml(plain));
}

/**
 * Shows records, or a DataFrame from {@link dataFrame}, as a table below the cell; see {@link htmlTable}.
 *
 * @throws InputError outside a notebook, or for a value that a table cannot show
 */
export function table<Row extends object>(
  rows: readonly Row[] | Frame,
  options: TableOptions<Row> = {},
): void {
  const records = isFrame(rows) ? (recordsOf(rows) as Row[]) : rows;
  kernelDisplays().display.html(htmlTable(records, options));
}

function isFrame(rows: readonly object[] | Frame): rows is Frame {
  return !Array.isArray(rows);
}

function recordsOf(frame: Frame): Record<string, unknown>[] {
  return frame.values.map((row) => {
    const values = row as readonly unknown[];
    return Object.fromEntries(frame.columns.map((column, index) => [column, values[index] ?? null]));
  });
}
