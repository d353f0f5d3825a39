import { figureNumber } from '../labels.js';
import type { PlotlyFigure } from '../plotly-figure.js';
import { type Annotation, annotationLines } from './annotations.js';
import { type Axis, axesOf, axisLines } from './axes.js';
import { type Mark, marksOf, type Trace } from './marks.js';
import { lineOfText, plainText } from './plain-text.js';

/** What a figure shows, for those who do not see it. */
export interface FigureInWords {
  readonly title: string;
  /** How to read it, its axes, and every series with its numbers: a line each, plain text. */
  readonly lines: readonly string[];
}

/** Series of more marks than this are told by their number and their ends. */
const MOST_NAMED = 60;
const MOST_UNNAMED = 12;

/** A figure as text: title, axes, and each series with the numbers it draws, intervals included. */
export function figureInWords({ data, layout }: PlotlyFigure): FigureInWords {
  const { title, annotations = [] } = layout as {
    readonly title?: string | { readonly text?: string };
    readonly annotations?: readonly Annotation[];
  };
  const [first = '', ...rest] = plainText((typeof title === 'string' ? title : title?.text) ?? '').split(
    '\n',
  );
  const axes = axesOf(layout);
  return {
    title: first,
    lines: [
      ...rest,
      ...axisLines(axes),
      ...(data as readonly Trace[]).flatMap((trace) => seriesLines(trace, axes)),
      ...annotationLines(annotations, axes),
    ],
  };
}

function seriesLines(trace: Trace, axes: ReadonlyMap<string, Axis>): string[] {
  const name = [panelOf(trace, axes), lineOfText(trace.name ?? '')].filter((one) => one !== '').join(', ');
  // What has no numbers of its own (nothing under the pointer) guides the eye, and is named if the legend names it.
  if (trace.hoverinfo === 'skip') {
    return trace.showlegend === false || name === '' ? [] : [`${name}.`];
  }
  const marks = marksOf(trace, axes);
  return marks.length === 0 ? [] : [`${name === '' ? '' : `${name}: `}${told(marks).join('; ')}.`];
}

/** With several panels side by side, the title of the one that a series is in. */
function panelOf({ xaxis = 'x' }: Trace, axes: ReadonlyMap<string, Axis>): string {
  const panels = [...axes].filter(([key]) => key.startsWith('x'));
  return panels.length > 1 ? (axes.get(xaxis)?.title ?? '') : '';
}

function told(marks: readonly Mark[]): string[] {
  const isCount =
    marks.every(({ value }) => Number.isInteger(value)) && marks.some(({ value }) => (value ?? 0) > 1);
  const digits = isCount ? 0 : 2;
  const text = (mark: Mark): string => markText(mark, digits);
  if (marks.length <= (marks.every(({ isNamed }) => isNamed) ? MOST_NAMED : MOST_UNNAMED)) {
    return [...new Set(marks.map(text))];
  }
  const sorted = marks.toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const [lowest, highest] = [sorted[0], sorted.at(-1)] as [Mark, Mark];
  return [`${marks.length} marks`, `lowest ${text(lowest)}`, `highest ${text(highest)}`];
}

function markText({ label, isNamed, value, low, high, quartiles }: Mark, digits: number): string {
  const range = low === null || high === null ? '' : ` [${figureNumber(low)}, ${figureNumber(high)}]`;
  const box =
    quartiles === null ? '' : `, middle half ${quartiles.map((one) => figureNumber(one)).join(' to ')}`;
  const before = label === '' ? '' : `${label}${isNamed ? ' ' : ': '}`;
  return `${before}${figureNumber(value, digits)}${range}${box}`;
}
