import type { PlotlyFigure } from '../../figures/plotly-figure.js';
import { figureWordsHtml } from '../../notebook/figure-html.js';
import { escapeHtml } from '../../notebook/html-table.js';

/** A figure of the page and what is said of it, as plain text. */
export interface ReportFigure {
  readonly figure: PlotlyFigure;
  /** What is seen, for those who do not see it and on what it is folded into. */
  readonly label: string;
  /** How to read it, with a number. */
  readonly reading: string;
}

/** More figures of one kind than this are folded away, but for the first. */
const MOST_OPEN = 4;

/** Figures one below the other; where there are many, one for each model, all but the first can be unfolded. */
export function figuresHtml(
  section: string,
  figures: readonly ReportFigure[],
  { mayFold }: { readonly mayFold: boolean },
): string {
  const folds = mayFold && figures.length > MOST_OPEN;
  return figures
    .map((one, place) => {
      const html = figureHtml(`${section}-${place + 1}`, one);
      return folds && place > 0
        ? `<details><summary>${escapeHtml(one.label)}</summary>\n${html}\n</details>`
        : html;
    })
    .join('\n');
}

function figureHtml(id: string, { figure: { data, layout }, label, reading }: ReportFigure): string {
  return [
    '<figure>',
    `<div class="scroll"><div class="plot" id="${id}" role="img" aria-label="${escapeHtml(label)}" style="min-height:${heightOf(layout)}px">`,
    '<p class="needs-script">This figure needs scripts: it is drawn by one inside this page.</p></div></div>',
    `<script type="application/json" id="${id}-data">${jsonInPage({ data, layout })}</script>`,
    `<figcaption>${escapeHtml(reading)}</figcaption>`,
    figureWordsHtml({ data, layout }),
    '</figure>',
  ].join('\n');
}

/** Known before it is drawn, so that the page does not jump. */
function heightOf(layout: object): number {
  const { height } = layout as { readonly height?: unknown };
  return typeof height === 'number' ? height : 380;
}

/** JSON that a script element can hold: nothing in it ends the element, begins a comment or ends a line of script. */
export function jsonInPage(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Source of a script that a script element can hold; the same script, spelled without an end of the element. */
export function scriptInPage(source: string): string {
  return source
    .replaceAll('\r\n', '\n')
    .replace(/<\/(script)/gi, '<\\/$1')
    .replaceAll('<!--', '<\\!--');
}
