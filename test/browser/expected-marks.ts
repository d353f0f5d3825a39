import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import type { ErrorBars, Trace } from './plotly-json.js';

/** What plotly.js draws each kind of mark as. */
export const MARK_SELECTORS = {
  bars: '.barlayer .point path',
  'bar texts': '.barlayer text',
  boxes: '.boxlayer path.box',
  points: '.scatterlayer .point',
  'point texts': '.scatterlayer .textpoint text',
  lines: '.scatterlayer path.js-line',
  'error bars': '.scatterlayer .errorbar path',
  fields: '.heatmaplayer image',
  'field texts': '.heatmaplayer text',
  shapes: '.shapelayer path',
  annotations: '.infolayer .annotation text',
} as const;

/** How many marks of each kind a figure has. */
export type MarkCounts = Record<keyof typeof MARK_SELECTORS, number>;

/** By type of trace. A gap draws nothing, and a bar of length 0 neither. */
const COUNTERS: Readonly<Record<string, (trace: Trace) => Partial<MarkCounts>>> = {
  bar: ({ orientation, x = [], y = [], text = [] }) => {
    const lengths = orientation === 'h' ? x : y;
    return {
      bars: lengths.filter((length) => length !== null && length !== 0).length,
      'bar texts': lengths.filter((length, place) => length !== null && (text[place] ?? '') !== '').length,
    };
  },
  box: ({ q1 = [] }) => ({ boxes: q1.filter((quartile) => quartile !== null).length }),
  heatmap: ({ z = [], text = [], texttemplate }) => ({
    // One picture of all fields. An undefined one has its dash.
    fields: z.flat().some((value) => value !== null) ? 1 : 0,
    'field texts': texttemplate === undefined ? 0 : text.flat().filter((words) => words !== '').length,
  }),
  scatter: ({ mode = '', x = [], y = [], error_x, error_y }) => {
    const places = x.flatMap((value, place) =>
      value === null || (y[place] ?? null) === null ? [] : [place],
    );
    const withEnds = ({ array = [], arrayminus = [] }: ErrorBars = {}): number =>
      places.filter((place) => (array[place] ?? 0) > 0 || (arrayminus[place] ?? 0) > 0).length;
    return {
      points: mode.includes('markers') ? places.length : 0,
      'point texts': mode.includes('text') ? places.length : 0,
      lines: mode.includes('lines') ? runsOf(places) : 0,
      'error bars': withEnds(error_x) + withEnds(error_y),
    };
  },
};

/**
 * The marks that a trace asks for.
 *
 * @throws Error for a type of trace that nothing here counts: it has to be added above
 */
export function marksOfTrace(trace: Trace): Partial<MarkCounts> {
  const count = COUNTERS[trace.type ?? 'scatter'];
  if (count === undefined) {
    throw new Error(`Counting the marks of a figure: no rule for traces of type ${trace.type}.`);
  }
  return count(trace);
}

/** The marks that a figure's JSON asks for: what the page has to show, each with a size. */
export function expectedMarks({ data, layout }: PlotlyFigure): MarkCounts {
  const { shapes = [], annotations = [] } = layout as { shapes?: unknown[]; annotations?: unknown[] };
  const parts: Partial<MarkCounts>[] = [
    ...(data as readonly Trace[]).map(marksOfTrace),
    { shapes: shapes.length, annotations: annotations.length },
  ];
  const kinds = Object.keys(MARK_SELECTORS) as (keyof MarkCounts)[];
  return Object.fromEntries(
    kinds.map((kind) => [kind, parts.reduce((sum, part) => sum + (part[kind] ?? 0), 0)]),
  ) as MarkCounts;
}

/** Runs of two and more neighbours, each of which is one line; a gap ends it. */
function runsOf(places: readonly number[]): number {
  return places.filter((place, turn) => places[turn + 1] === place + 1 && places[turn - 1] !== place - 1)
    .length;
}
