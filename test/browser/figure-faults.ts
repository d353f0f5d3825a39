import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import { marksOfTrace } from './expected-marks.js';
import { axesOf, type LayoutAxis, type Trace } from './plotly-json.js';

/**
 * What is wrong with a figure before anything draws it: no marks, traces that were emptied, axes that do not say what they
 * measure. A trace whose values are all gaps is none: countries without an undefined value have an empty field of them.
 */
export function faultsOf({ data, layout }: PlotlyFigure): string[] {
  const traces = data as readonly Trace[];
  const counts = traces.flatMap((trace) => Object.values(marksOfTrace(trace)));
  const axes = axesOf(layout);
  const used = new Set(traces.flatMap(({ xaxis = 'x', yaxis = 'y' }) => [xaxis, yaxis]));
  return [
    ...(counts.every((count) => count === 0) ? ['no trace has a mark'] : []),
    ...traces.flatMap((trace, place) => (isEmpty(trace) ? [`trace ${place + 1} holds no data`] : [])),
    ...[...used]
      .filter((name) => !saysWhatItMeasures(name, axes.get(name) ?? {}, traces))
      .map((name) => `axis ${name} has neither a title nor names along it`),
  ];
}

/** The axes that have a title, in alphabetical order. */
export function titledAxes(layout: object): string[] {
  return [...axesOf(layout)].flatMap(([name, { title }]) => (title === undefined ? [] : [name])).sort();
}

function isEmpty({ x = [], y = [], z = [], q1 = [] }: Trace): boolean {
  return [x, y, z, q1].every((values) => values.length === 0);
}

function saysWhatItMeasures(
  name: string,
  { title, ticktext = [], visible }: LayoutAxis,
  traces: readonly Trace[],
): boolean {
  const letter = name.startsWith('x') ? 'x' : 'y';
  const own = traces.filter((trace) => (trace[`${letter}axis`] ?? letter) === name);
  const isNamed =
    ticktext.length > 0 || own.some((trace) => trace[letter]?.some((one) => typeof one === 'string'));
  return visible === false || isNamed || (title?.text ?? '').trim() !== '';
}
