import { rounded } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, seriesLook, ZERO_LINE } from './theme.js';

/** What {@link scoreScatterFigure} draws. */
export interface ScoreScatterParts {
  readonly title: string;
  readonly xAxis: string;
  readonly yAxis: string;
  /** One series for each model or group of points. */
  readonly series: readonly {
    readonly name: string;
    /** Stands in the legend; null where undefined. */
    readonly r: number | null;
    readonly points: readonly { readonly label: string; readonly x: number; readonly y: number }[];
  }[];
}

/** Two sets of mean scores against each other, one mark an item (or a country): what r is a summary of. */
export function scoreScatterFigure({ title, xAxis, yAxis, series }: ScoreScatterParts): PlotlyFigure {
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'equal scores',
        x: [-1, 1],
        y: [-1, 1],
        line: { color: COLOURS.reference, dash: 'dash', width: 1 },
        hoverinfo: 'skip',
      },
      ...series.map(({ name, r, points }, place) => ({
        type: 'scatter',
        mode: 'markers',
        name: `${plainLabel(name)} (n = ${points.length}, r = ${figureNumber(r)})`,
        x: points.map(({ x }) => rounded(x)),
        y: points.map(({ y }) => rounded(y)),
        text: points.map(({ label }) => plainLabel(label)),
        marker: { size: 6, opacity: 0.75, ...seriesLook(place) },
        hovertemplate: '%{text}<br>%{x:.2f}, %{y:.2f}<extra></extra>',
      })),
    ],
    layout: layoutWith({
      title: plainLabel(title),
      height: 480,
      more: {
        margin: { l: 70, r: 20, t: 90, b: 60 },
        xaxis: {
          title: axisTitle(plainLabel(xAxis)),
          constrain: 'domain',
          range: [-1.05, 1.05],
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
        yaxis: {
          title: axisTitle(plainLabel(yAxis)),
          scaleanchor: 'x',
          constrain: 'domain',
          range: [-1.05, 1.05],
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
      },
    }),
  };
}
