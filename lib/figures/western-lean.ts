import { type Estimate, errorBars, meansOf, rounded } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, ZERO_LINE } from './theme.js';

/** The lean of a model, or of what knows no culture. */
export interface LeanRow {
  readonly name: string;
  /** References (item means) are labelled in grey. */
  readonly kind: 'model' | 'reference';
  readonly western: Estimate;
  readonly others: Estimate;
  readonly lean: number | null;
  /** Of the lean. */
  readonly interval: Estimate['interval'];
}

const LINE = 34;

/**
 * r in Western countries and elsewhere as the ends of a dumbbell, the lean (plain mean r in the West minus elsewhere) with
 * its interval written at the right. The lean of item means is not 0: a model is read beside it.
 */
export function westernLeanFigure({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly LeanRow[];
}): PlotlyFigure {
  const y = rows.map((_, line) => -line);
  const points = (name: string, side: 'western' | 'others', look: object, shift: number): object => ({
    type: 'scatter',
    mode: 'markers',
    name,
    x: meansOf(rows.map((row) => row[side])),
    y: y.map((line) => line + shift),
    error_x: { ...errorBars(rows.map((row) => row[side])), thickness: 1 },
    marker: { size: 10, ...look },
    hovertemplate: `%{x:.3f}<extra>${name}</extra>`,
  });
  const joined = rows.flatMap(({ western, others }, line) =>
    western.mean === null || others.mean === null
      ? []
      : [{ x: [rounded(others.mean), rounded(western.mean), null], y: [-line, -line, null] }],
  );
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: joined.flatMap(({ x }) => x),
        y: joined.flatMap(({ y: ends }) => ends),
        line: { color: '#BBBBBB', width: 4 },
        showlegend: false,
        hoverinfo: 'skip',
      },
      points(
        `elsewhere (n = ${countOf(rows, 'others')})`,
        'others',
        { color: COLOURS.model, symbol: 'square' },
        -0.09,
      ),
      points(
        `Western countries (n = ${countOf(rows, 'western')})`,
        'western',
        { color: COLOURS.people, symbol: 'circle' },
        0.09,
      ),
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle:
        'Marks: Fisher-z mean of r over countries, with 95 % intervals<br>' +
        'At the right: plain mean of r in the West minus elsewhere, with its own interval',
      height: 190 + LINE * rows.length,
      more: {
        margin: { l: 210, r: 190, t: 110, b: 50 },
        xaxis: {
          title: axisTitle("Pearson's r with people's mean scores"),
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
        yaxis: {
          automargin: true,
          tickvals: y,
          ticktext: rows.map(({ name, kind }) =>
            kind === 'model'
              ? plainLabel(name)
              : `<span style="color:${COLOURS.reference}">${plainLabel(name)}</span>`,
          ),
          range: [-rows.length + 0.4, 0.6],
          showgrid: false,
          zeroline: false,
        },
        annotations: rows.map(({ lean, interval: { low, high } }, line) => ({
          ...{ xref: 'paper', x: 1.02, xanchor: 'left', y: -line, showarrow: false, align: 'left' },
          text: `${signed(lean)}${low === null || high === null ? '' : ` [${figureNumber(low)}, ${figureNumber(high)}]`}`,
        })),
      },
    }),
  };
}

function countOf(rows: readonly LeanRow[], side: 'western' | 'others'): number {
  return Math.max(0, ...rows.map((row) => row[side].n));
}

function signed(value: number | null): string {
  return value !== null && value > 0 ? `+${figureNumber(value)}` : figureNumber(value);
}
