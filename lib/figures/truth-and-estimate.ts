import { rounded } from './estimate.js';
import { plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, seriesLook, ZERO_LINE } from './theme.js';

/** What is known of a model from its text, and what the instrument finds. */
export interface TruthPoint {
  /** Recipe or other group: one look each. */
  readonly group: string;
  readonly truth: number | null;
  readonly estimate: number | null;
}

/** What {@link truthAndEstimateFigure} draws. */
export interface TruthAndEstimateParts {
  readonly title: string;
  readonly truthAxis: string;
  readonly estimateAxis: string;
  readonly points: readonly TruthPoint[];
}

/** What the instrument finds against what is true: on the line it finds the truth. */
export function truthAndEstimateFigure({
  title,
  truthAxis,
  estimateAxis,
  points,
}: TruthAndEstimateParts): PlotlyFigure {
  const defined = points.flatMap(({ group, truth, estimate }) =>
    truth === null || estimate === null
      ? []
      : [{ group, truth: rounded(truth), estimate: rounded(estimate) }],
  );
  const all = defined.flatMap(({ truth, estimate }) => [truth, estimate]);
  const ends = all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)];
  const groups = [...new Set(defined.map(({ group }) => group))];
  const missing = points.length - defined.length;
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'found = true',
        x: ends,
        y: ends,
        line: { color: COLOURS.reference, dash: 'dash', width: 1.5 },
        hoverinfo: 'skip',
      },
      ...groups.map((group, place) => ({
        type: 'scatter',
        mode: 'markers',
        name: plainLabel(group),
        x: defined.filter((one) => one.group === group).map(({ truth }) => truth),
        y: defined.filter((one) => one.group === group).map(({ estimate }) => estimate),
        marker: { size: 9, opacity: 0.85, ...seriesLook(place) },
        hovertemplate: 'true %{x:.3f}, found %{y:.3f}<extra>%{fullData.name}</extra>',
      })),
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: `n = ${defined.length}, one mark for each training; dashed: what is found is what is true${missing === 0 ? '' : `; ${missing} undefined`}`,
      height: 480,
      more: {
        margin: { l: 80, r: 200, t: 80, b: 60 },
        legend: { x: 1.02, xanchor: 'left', y: 1, yanchor: 'top' },
        xaxis: { title: axisTitle(plainLabel(truthAxis)), gridcolor: GRID, zerolinecolor: ZERO_LINE },
        yaxis: { title: axisTitle(plainLabel(estimateAxis)), gridcolor: GRID, zerolinecolor: ZERO_LINE },
      },
    }),
  };
}
