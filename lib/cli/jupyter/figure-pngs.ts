import { figureInWords } from '../../figures/in-words/figure-in-words.js';
import type { PlotlyFigure } from '../../figures/plotly-figure.js';
import { InputError } from '../../files/input-error.js';
import { codeCells, joinedText, type Notebook, PLOTLY_MIME_TYPE, withSortedKeys } from './notebook-file.js';

/**
 * A copy of a notebook with a PNG beside each plotly figure, in the same output, because GitHub draws no plotly.
 *
 * A figure that `before` (the notebook as it was committed) holds unchanged keeps its PNG byte for byte: another
 * Chromium or another font would change the picture and nothing else.
 *
 * @param draw makes the PNG of a figure that has none yet
 * @throws InputError that names the cell when `draw` throws one
 */
export async function withFigurePngs(
  notebook: Notebook,
  before: Notebook | null,
  draw: (figure: object) => Promise<Uint8Array>,
): Promise<Notebook> {
  const known = before === null ? new Map<string, string>() : pngsOf(before);
  const copy = structuredClone(notebook);
  for (const { cell, data, metadata } of figureOutputs(copy)) {
    const figure = data[PLOTLY_MIME_TYPE] as object;
    data['image/png'] = known.get(figureKey(figure)) ?? base64Line(await drawOf(cell, () => draw(figure)));
    // What pages made from a notebook give as the picture's text.
    metadata['image/png'] = { alt: figureInWords(figure as PlotlyFigure).title };
  }
  return copy;
}

async function drawOf(cell: number, draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await draw();
  } catch (error) {
    throw error instanceof InputError ? new InputError(`cell ${cell}: ${error.message}`) : error;
  }
}

function pngsOf(notebook: Notebook): Map<string, string> {
  const pngs = new Map<string, string>();
  for (const { data } of figureOutputs(notebook)) {
    const png = data['image/png'];
    if (typeof png === 'string' || Array.isArray(png)) {
      pngs.set(figureKey(data[PLOTLY_MIME_TYPE]), joinedText(png as string | string[]));
    }
  }
  return pngs;
}

interface FigureOutput {
  /** Which code cell, counted from 1. */
  readonly cell: number;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

function figureOutputs(notebook: Notebook): FigureOutput[] {
  return codeCells(notebook).flatMap((cell, index) =>
    cell.outputs.flatMap((output) =>
      (output.output_type === 'display_data' || output.output_type === 'execute_result') &&
      PLOTLY_MIME_TYPE in output.data
        ? [{ cell: index + 1, data: output.data, metadata: output.metadata }]
        : [],
    ),
  );
}

function figureKey(figure: unknown): string {
  return JSON.stringify(withSortedKeys(figure));
}

/** Base64 as Jupyter stores it: one line with a line end. */
function base64Line(bytes: Uint8Array): string {
  return `${Buffer.from(bytes).toString('base64')}\n`;
}
