import { type Estimate, errorBars, meansOf } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith } from './theme.js';

/** A difference with its interval. */
export interface ContrastEstimate {
  /** What was set against what. */
  readonly label: string;
  /** Null where undefined: the line stays empty. */
  readonly change: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What {@link contrastsFigure} draws. */
export interface ContrastsParts {
  readonly title: string;
  /** What differs, with its unit or range, for example "change in deviation r". */
  readonly measure: string;
  /** What the intervals are over, for example "trainings (Welch's t)". */
  readonly intervalsOver: string;
  /** From top to bottom. */
  readonly contrasts: readonly ContrastEstimate[];
}

const LINE = 36;

/** Differences of one figure below each other, with their 95 % intervals and a line at no difference. */
export function contrastsFigure({ title, measure, intervalsOver, contrasts }: ContrastsParts): PlotlyFigure {
  const estimates = contrasts.map(
    ({ change, low, high }): Estimate => ({ mean: change, interval: { low, high }, n: 1 }),
  );
  const y = contrasts.map((_, line) => -line);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        name: plainLabel(measure),
        x: meansOf(estimates),
        y,
        error_x: errorBars(estimates),
        marker: { size: 10, color: COLOURS.people, symbol: 'diamond' },
        hovertemplate: `${plainLabel(measure)} %{x:.3f}<extra></extra>`,
      },
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: `Marks: differences; bars: 95 % intervals over ${plainLabel(intervalsOver)}; dark line: no difference`,
      height: 160 + LINE * contrasts.length,
      legend: false,
      more: {
        margin: { l: 300, r: 130, t: 80, b: 55 },
        xaxis: {
          title: axisTitle(plainLabel(measure)),
          rangemode: 'tozero',
          gridcolor: GRID,
          zerolinecolor: '#222222',
          zerolinewidth: 1.5,
        },
        yaxis: {
          automargin: true,
          tickvals: y,
          ticktext: contrasts.map(({ label }) => plainLabel(label)),
          range: [-contrasts.length + 0.4, 0.6],
          gridcolor: GRID,
          zeroline: false,
        },
        annotations: contrasts.map(({ change }, line) => ({
          ...{ xref: 'paper', x: 1.02, xanchor: 'left', y: -line, showarrow: false },
          text: change !== null && change > 0 ? `+${figureNumber(change)}` : figureNumber(change),
        })),
      },
    }),
  };
}
