import { type Estimate, errorBars, meansOf, rounded } from './estimate.js';
import { plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, GRID, layoutWith, seriesLook } from './theme.js';

/** One figure over sizes. */
export interface SizeSeries {
  readonly name: string;
  readonly sizes: readonly (Pick<Estimate, 'mean' | 'interval'> & {
    /** Without the embedding. */
    readonly parameters: number;
    /** One for each training. */
    readonly values: readonly number[];
  })[];
  /** A value that needs no model, in the series' colour, for example a completion's. */
  readonly reference?: { readonly name: string; readonly value: number | null };
}

/** What {@link sizeCurveFigure} draws. */
export interface SizeCurveParts {
  readonly title: string;
  readonly measure: string;
  readonly series: readonly SizeSeries[];
}

/** A figure against the number of parameters (log scale), every training a mark, means joined, intervals over trainings. */
export function sizeCurveFigure({ title, measure, series }: SizeCurveParts): PlotlyFigure {
  const parameters = [
    ...new Set(series.flatMap(({ sizes }) => sizes.map((size) => size.parameters))),
  ].toSorted((a, b) => a - b);
  return {
    data: series.flatMap(({ name, sizes, reference }, place) => {
      const look = seriesLook(place);
      const estimates = sizes.map((size) => ({ ...size, n: size.values.length }));
      return [
        {
          type: 'scatter',
          mode: 'markers',
          x: sizes.flatMap((size) => size.values.map(() => size.parameters)),
          y: sizes.flatMap(({ values }) => values.map(rounded)),
          marker: { size: 5, color: look.color, opacity: 0.5 },
          showlegend: false,
          hovertemplate: '%{x:,} parameters: %{y:.3f}<extra>one training</extra>',
        },
        {
          type: 'scatter',
          mode: 'lines+markers',
          name: plainLabel(name),
          x: sizes.map((size) => size.parameters),
          y: meansOf(estimates),
          error_y: errorBars(estimates),
          marker: { size: 9, ...look },
          line: { color: look.color, width: 1.5 },
          hovertemplate: '%{x:,} parameters: %{y:.3f}<extra>mean</extra>',
        },
        ...(reference === undefined || reference.value === null
          ? []
          : [
              {
                type: 'scatter',
                mode: 'lines',
                name: plainLabel(reference.name),
                x: [(parameters[0] ?? 1) / 1.5, (parameters.at(-1) ?? 1) * 1.5],
                y: [rounded(reference.value), rounded(reference.value)],
                line: { color: look.color, dash: 'dash', width: 1.5 },
                hovertemplate: `%{y:.3f}<extra>${plainLabel(reference.name)}</extra>`,
              },
            ]),
      ];
    }),
    layout: layoutWith({
      title: plainLabel(title),
      subtitle:
        "Small marks: one training each; line: their mean, with the 95 % interval of Student's t over trainings",
      height: 440,
      more: {
        margin: { l: 70, r: 20, t: 120, b: 60 },
        xaxis: {
          type: 'log',
          title: axisTitle('Parameters without the embedding (log scale)'),
          tickvals: parameters,
          ticktext: parameters.map((one) => one.toLocaleString('en')),
          gridcolor: GRID,
        },
        yaxis: { title: axisTitle(plainLabel(measure)), gridcolor: GRID },
      },
    }),
  };
}
