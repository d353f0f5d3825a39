import { rounded } from './estimate.js';
import { plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, ZERO_LINE } from './theme.js';

/** One way to come from the same answers to a number. */
export interface SpecificationPoint {
  /** Null where undefined: left out, and counted in the title. */
  readonly value: number | null;
  /** The choice made of each kind, for example { wording: 'persona' }. */
  readonly choices: Readonly<Record<string, string>>;
  /** The one that the findings are told from. */
  readonly chosen: boolean;
  /** False for what is shown for comparison and known to mislead, such as one option order alone. */
  readonly counted: boolean;
}

/** What {@link specificationCurveFigure} draws. */
export interface SpecificationCurveParts {
  readonly title: string;
  readonly measure: string;
  readonly specifications: readonly SpecificationPoint[];
}

const LINE = 17;

/** All defensible ways to compute a number, sorted by what they give, above the choices that each of them makes. */
export function specificationCurveFigure({
  title,
  measure,
  specifications,
}: SpecificationCurveParts): PlotlyFigure {
  const sorted = specifications
    .filter((one): one is SpecificationPoint & { value: number } => one.value !== null)
    .toSorted((a, b) => a.value - b.value);
  const kinds = [...new Set(sorted.flatMap(({ choices }) => Object.keys(choices)))];
  // A kind of choice of which there is only one says nothing here.
  const lines = kinds
    .map((kind) => ({ kind, options: [...new Set(sorted.map(({ choices }) => choices[kind] ?? ''))] }))
    .filter(({ options }) => options.length > 1)
    .flatMap(({ kind, options }) => options.map((option) => ({ kind, option })));
  const points = (name: string, wanted: (one: SpecificationPoint) => boolean, marker: object): object => {
    const own = sorted.flatMap((one, place) => (wanted(one) ? [{ place, value: rounded(one.value) }] : []));
    return {
      type: 'scatter',
      mode: 'markers',
      name,
      x: own.map(({ place }) => place + 1),
      y: own.map(({ value }) => value),
      marker,
      hovertemplate: `${plainLabel(measure)} %{y:.3f}<extra>${name}</extra>`,
    };
  };
  const marks = lines.flatMap(({ kind, option }, line) =>
    sorted.flatMap(({ choices }, place) => (choices[kind] === option ? [{ x: place + 1, y: -line }] : [])),
  );
  const missing = specifications.length - sorted.length;
  return {
    data: [
      points('counted', (one) => one.counted && !one.chosen, { size: 5, color: COLOURS.people }),
      points('one option order alone (misleads, not counted)', (one) => !one.counted && !one.chosen, {
        ...{ size: 5, color: COLOURS.reference, symbol: 'x' },
      }),
      points('chosen', (one) => one.chosen, { size: 12, color: COLOURS.model, symbol: 'star' }),
      {
        type: 'scatter',
        mode: 'markers',
        x: marks.map(({ x }) => x),
        y: marks.map(({ y }) => y),
        yaxis: 'y2',
        marker: { size: 5, color: '#444444', symbol: 'line-ns-open' },
        showlegend: false,
        hoverinfo: 'skip',
      },
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: `n = ${sorted.length} specifications, sorted; below: the choices that each makes${missing === 0 ? '' : `; ${missing} undefined`}`,
      height: 380 + LINE * lines.length,
      more: {
        margin: { l: 230, r: 20, t: 110, b: 40 },
        xaxis: {
          title: axisTitle('Specification, sorted by its value'),
          showgrid: false,
          zeroline: false,
          anchor: 'y2',
        },
        yaxis: {
          title: axisTitle(plainLabel(measure)),
          domain: [rounded((LINE * lines.length) / (230 + LINE * lines.length) + 0.04), 1],
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
        yaxis2: {
          automargin: true,
          domain: [0, rounded((LINE * lines.length) / (230 + LINE * lines.length))],
          tickvals: lines.map((_, line) => -line),
          ticktext: lines.map(({ kind, option }) => `${plainLabel(kind)}: ${plainLabel(option)}`),
          tickfont: { size: 11 },
          range: [-lines.length + 0.4, 0.6],
          gridcolor: GRID,
          zeroline: false,
        },
      },
    }),
  };
}
