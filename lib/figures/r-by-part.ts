import { dodge, type Estimate, errorBars, meansOf } from './estimate.js';
import { plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, seriesLook, ZERO_LINE } from './theme.js';

/** One part of the world or of the survey: a continent, a category. */
export interface PartEstimate extends Estimate {
  readonly id: string;
}

/** What {@link rByPartFigure} draws. */
export interface RByPartParts {
  readonly title: string;
  /** One series for each model, size or format, in the order of the legend; parts as `agreement` returns them. */
  readonly series: readonly { readonly name: string; readonly parts: readonly PartEstimate[] }[];
  /** What knows no culture, drawn in grey, for example item means. */
  readonly baseline?: { readonly name: string; readonly parts: readonly PartEstimate[] };
  /** Titles of parts whose id is not what a reader should see. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What n counts: "countries" by default. */
  readonly unit?: string;
}

const LINE = 46;

/** r of several models by continent (or any other part), with 95 % intervals: Figures 2, 3 and 4 of the paper in one form. */
export function rByPartFigure({
  title,
  series,
  baseline,
  labels = {},
  unit = 'countries',
}: RByPartParts): PlotlyFigure {
  const all = [...series, ...(baseline === undefined ? [] : [baseline])];
  const moreLegend = LEGEND_LINE * Math.max(0, legendLines(all.map(({ name }) => name)) - 2);
  const ids = [...new Set(all.flatMap(({ parts }) => parts.map(({ id }) => id)))];
  const countOf = (id: string): number =>
    Math.max(...all.flatMap(({ parts }) => parts.filter((part) => part.id === id).map(({ n }) => n)));
  const trace = ({ name, parts }: RByPartParts['series'][number], place: number, look: object): object => {
    const own = ids.map((id) => parts.find((part) => part.id === id) ?? NOTHING);
    return {
      type: 'scatter',
      mode: 'markers',
      name: plainLabel(name),
      x: meansOf(own),
      // From top to bottom: the first part above, and in it the first series.
      y: own.map((_, line) => -line - dodge(place, all.length)),
      error_x: errorBars(own),
      marker: { size: 8, ...look },
      customdata: own.map(({ n }) => n),
      hovertemplate: `r %{x:.3f}, %{customdata} ${unit}<extra>%{fullData.name}</extra>`,
    };
  };
  return {
    data: [
      ...series.map((one, place) => trace(one, place, seriesLook(place))),
      ...(baseline === undefined
        ? []
        : [trace(baseline, series.length, { color: COLOURS.reference, symbol: 'line-ns-open' })]),
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: 'Marks: Fisher-z mean of r over countries; bars: 95 % intervals',
      height: 190 + moreLegend + LINE * ids.length + 5 * all.length,
      more: {
        margin: { l: 170, r: 20, t: 110 + moreLegend, b: 50 },
        xaxis: {
          title: axisTitle("Pearson's r with people's mean scores"),
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
        yaxis: {
          automargin: true,
          tickvals: ids.map((_, line) => -line),
          ticktext: ids.map((id) => `${plainLabel(labels[id] ?? id)} (n = ${countOf(id)})`),
          range: [-ids.length + 0.45, 0.55],
          gridcolor: GRID,
          zeroline: false,
        },
      },
    }),
  };
}

const LEGEND_LINE = 20;

/** Lines that a legend takes above a plot as narrow as a notebook's, where every entry has the width of the longest; two have room anyway. */
function legendLines(names: readonly string[]): number {
  const [plot, mark, character] = [640, 45, 7];
  const entry = mark + character * Math.max(...names.map((name) => name.length), 1);
  return Math.ceil(names.length / Math.max(1, Math.floor(plot / entry)));
}

const NOTHING: Estimate = { mean: null, interval: { low: null, high: null }, n: 0 };
