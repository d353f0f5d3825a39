import { figureInWords } from '../figures/in-words/figure-in-words.js';
import type { PlotlyFigure } from '../figures/plotly-figure.js';
import { escapeHtml } from './html-table.js';

/** The text alternative of a figure: folded away, so that it is read by those who look for it, and found by a screen reader. */
export function figureWordsHtml(figure: PlotlyFigure): string {
  const { title, lines } = figureInWords(figure);
  return [
    `<details class="in-words"><summary>In words${title === '' ? '' : `: ${escapeHtml(title)}`}</summary>`,
    `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul></details>`,
  ].join('\n');
}
