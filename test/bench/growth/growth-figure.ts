import { wrapLabel } from '../../../lib/figures/labels.js';
import type { PlotlyFigure } from '../../../lib/figures/plotly-figure.js';
import { COLOURS, layoutWith } from '../../../lib/figures/theme.js';
import { GROWTH_SERIES, type GrowthSeries } from './growth-points.js';
import type { MeasuredGrowth } from './measure-growth.js';

const TITLES: Readonly<Record<GrowthSeries, string>> = {
  countries: 'countries',
  orders: 'option orders',
  reading: 'what is read',
  model: 'parameters of the model',
  row: 'tokens of a row at most',
};
/** Share of the figure's width between two panels. */
const GAP = 0.045;
const HEIGHT = 420;
const WIDTH_PER_PANEL = 260;
const LABEL_CHARACTERS = 12;

/** Milliseconds a prompt, one panel for each thing that was varied; what is not named in a panel is as usual. */
export function growthFigure(points: readonly MeasuredGrowth[], machine: string): PlotlyFigure {
  const series = GROWTH_SERIES.filter((name) => points.some((point) => point.series === name));
  const width = (1 - GAP * (series.length - 1)) / series.length;
  const axes: Record<string, object> = {};
  const data = series.map((name, place) => {
    const own = points.filter((point) => point.series === name);
    const suffix = place === 0 ? '' : String(place + 1);
    const start = place * (width + GAP);
    const values = own.map(millisecondsPerPrompt);
    axes[`xaxis${suffix}`] = {
      domain: [start, start + width],
      anchor: `y${suffix}`,
      type: 'category',
      title: { text: TITLES[name] },
      tickangle: 0,
    };
    axes[`yaxis${suffix}`] = {
      anchor: `x${suffix}`,
      range: [0, 1.15 * Math.max(...values)],
      gridcolor: '#E5E5E5',
      ...(place === 0 ? { title: { text: 'milliseconds a prompt' } } : {}),
    };
    return {
      type: 'bar',
      x: own.map(({ label }) => wrapLabel(label, LABEL_CHARACTERS)),
      y: values,
      xaxis: `x${suffix}`,
      yaxis: `y${suffix}`,
      marker: { color: COLOURS.model },
      text: values.map((value) => value.toPrecision(2)),
      textposition: 'outside',
      cliponaxis: false,
      showlegend: false,
      hovertemplate: '%{x}: %{y:.2f} ms<extra></extra>',
    };
  });
  return {
    data,
    layout: layoutWith({
      title: 'How the cost of a prompt grows',
      subtitle:
        'SmolLM2-135M-Instruct, float32, 55 countries, one order, letters, rows as planned, unless the panel says otherwise. ' +
        machine,
      height: HEIGHT,
      more: { width: 80 + WIDTH_PER_PANEL * series.length, ...axes },
    }),
  };
}

/** Milliseconds a prompt in the fastest repeat. */
export function millisecondsPerPrompt({
  prompts,
  seconds,
}: Pick<MeasuredGrowth, 'prompts' | 'seconds'>): number {
  return (1000 * Math.min(...seconds)) / prompts;
}
