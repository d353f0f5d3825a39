import { dodge, type Estimate, errorBars, meansOf, rounded } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, seriesLook, ZERO_LINE } from './theme.js';

/** One model and what the order of options does to it. */
export interface OptionOrderRow {
  readonly name: string;
  /** Mean p̂ of the option shown first minus that of the option shown last. */
  readonly firstMinusLast: number | null;
  /** Readings that this is a mean of. */
  readonly readings: number;
  /** r with people by the readings of one order alone, and by both joined. */
  readonly r: Readonly<Record<'given' | 'reversed' | 'joined', Estimate>>;
}

const LINE = 48;
const ORDERS = ['given', 'reversed', 'joined'] as const;

/** The taste for the first place, and r by the options as given, reversed, and joined. */
export function optionOrderFigure({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly OptionOrderRow[];
}): PlotlyFigure {
  const y = rows.map((_, line) => -line);
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name: 'first minus last',
        x: rows.map(({ firstMinusLast }) => (firstMinusLast === null ? null : rounded(firstMinusLast))),
        y,
        width: 0.5,
        text: rows.map(({ firstMinusLast }) => figureNumber(firstMinusLast, 3)),
        textposition: 'outside',
        cliponaxis: false,
        marker: { color: COLOURS.other },
        showlegend: false,
        customdata: rows.map(({ readings }) => readings.toLocaleString('en')),
        hovertemplate:
          'p̂ of the first option minus that of the last: %{x:.3f} (%{customdata} readings)<extra></extra>',
      },
      ...ORDERS.map((order, place) => {
        const estimates = rows.map(({ r }) => r[order]);
        return {
          type: 'scatter',
          mode: 'markers',
          name: order === 'joined' ? 'both orders joined' : `options ${order}`,
          x: meansOf(estimates),
          y: y.map((line) => line - dodge(place, ORDERS.length)),
          error_x: errorBars(estimates),
          xaxis: 'x2',
          marker: { size: 9, ...seriesLook(place) },
          hovertemplate: 'r %{x:.3f}<extra>%{fullData.name}</extra>',
        };
      }),
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle:
        'Left: mean p̂ of the option shown first minus the one shown last, every item in both orders (0: no taste for a place).<br>' +
        'Right: Fisher-z mean r over countries; bars, where there are any: 95 % intervals',
      height: 200 + LINE * rows.length,
      more: {
        margin: { l: 210, r: 20, t: 110, b: 60 },
        xaxis: {
          title: axisTitle('p̂, first minus last option'),
          domain: [0, 0.38],
          range: barRange(rows),
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
        xaxis2: {
          title: axisTitle("Pearson's r with people's mean scores"),
          domain: [0.5, 1],
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
        yaxis: {
          automargin: true,
          tickvals: y,
          ticktext: rows.map(({ name }) => plainLabel(name)),
          range: [-rows.length + 0.4, 0.6],
          showgrid: false,
          zeroline: false,
        },
      },
    }),
  };
}

/** With room for the number beside a bar, which would lie on the model's name otherwise. */
function barRange(rows: readonly OptionOrderRow[]): [number, number] {
  const ends = rows.flatMap(({ firstMinusLast }) => firstMinusLast ?? []);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = 0.22 * Math.max(high - low, 0.1);
  return [rounded(low < 0 ? low - room : low), rounded(high + room)];
}
