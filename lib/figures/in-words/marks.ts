import { type Axis, nameAt } from './axes.js';
import { lineOfText } from './plain-text.js';

/** A trace of plotly, as far as the figures here use it. */
export interface Trace {
  readonly type?: string;
  readonly name?: string;
  readonly orientation?: string;
  readonly hoverinfo?: string;
  readonly showlegend?: boolean;
  readonly showscale?: boolean;
  readonly x?: readonly (number | string | null)[];
  readonly y?: readonly (number | string | null)[];
  readonly z?: readonly (readonly (number | null)[])[];
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly text?: readonly unknown[];
  readonly customdata?: readonly unknown[];
  readonly error_x?: ErrorBars;
  readonly error_y?: ErrorBars;
  readonly q1?: readonly (number | null)[];
  readonly median?: readonly (number | null)[];
  readonly q3?: readonly (number | null)[];
}

interface ErrorBars {
  readonly array?: readonly (number | null)[];
  readonly arrayminus?: readonly (number | null)[];
}

/** One number that a figure draws. */
export interface Mark {
  /** What it is of; empty where the figure does not say. */
  readonly label: string;
  /** Whether the label is a name, not a place on a scale. */
  readonly isNamed: boolean;
  /** Null where the figure shows that it is undefined. */
  readonly value: number | null;
  /** Ends of its interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** Of a box: the ends of the middle half. */
  readonly quartiles: readonly [number, number] | null;
}

/** The marks of a trace, in its order. */
export function marksOf(trace: Trace, axes: ReadonlyMap<string, Axis>): Mark[] {
  switch (trace.type) {
    case 'heatmap':
      return fields(trace, axes);
    case 'box':
      return boxes(trace, axes);
    default:
      return points(trace, axes);
  }
}

function fields({ z = [], x, y, customdata, showscale }: Trace, axes: ReadonlyMap<string, Axis>): Mark[] {
  return z.flatMap((line, row) =>
    line.flatMap((value, column) => {
      if (value === null) {
        return [];
      }
      const own = (customdata?.[row] as readonly unknown[] | undefined)?.[column];
      const names = [nameOf(axes.get('y'), y?.[row] ?? row), nameOf(axes.get('x'), x?.[column] ?? column)];
      const label = typeof own === 'string' ? lineOfText(own) : names.map((name) => name.label).join(', ');
      // Without a scale, colour is no number.
      return [{ ...BARE, label, isNamed: true, value: showscale === false ? null : value }];
    }),
  );
}

function boxes({ y = [], q1 = [], median = [], q3 = [] }: Trace, axes: ReadonlyMap<string, Axis>): Mark[] {
  return y.flatMap((place, turn) => {
    const [low, value, high] = [q1[turn] ?? null, median[turn] ?? null, q3[turn] ?? null];
    return value === null || low === null || high === null
      ? []
      : [{ ...BARE, ...nameOf(axes.get('y'), place), value, quartiles: [low, high] as const }];
  });
}

function points(trace: Trace, axes: ReadonlyMap<string, Axis>): Mark[] {
  const { x = [], y = [], text } = trace;
  const [xAxis, yAxis] = [axes.get(trace.xaxis ?? 'x'), axes.get(trace.yaxis ?? 'y')];
  const isAcross = trace.orientation === 'h' || (yAxis?.names.length ?? 0) > 0;
  const [values, places, axis] = isAcross ? [x, y, yAxis] : [y, x, xAxis];
  const errors = isAcross ? trace.error_x : trace.error_y;
  // Text beside a bar is its number, written out; beside a point it is the point's name.
  const names = trace.type === 'bar' ? undefined : text;
  return values.flatMap((value, turn) => {
    if (typeof value !== 'number') {
      return [];
    }
    const [up, down] = [errors?.array?.[turn] ?? null, errors?.arrayminus?.[turn] ?? null];
    return [
      {
        ...BARE,
        ...(names === undefined
          ? nameOf(axis, places[turn] ?? '')
          : { label: lineOfText(String(names[turn] ?? '')), isNamed: true }),
        value,
        low: down === null ? null : value - down,
        high: up === null ? null : value + up,
      },
    ];
  });
}

/** What an axis calls a place: a name beside it, or the place itself. */
function nameOf(axis: Axis | undefined, place: number | string | null): Pick<Mark, 'label' | 'isNamed'> {
  if (typeof place !== 'number') {
    return { label: lineOfText(place ?? ''), isNamed: true };
  }
  return axis === undefined || axis.names.length === 0
    ? { label: `at ${place}`, isNamed: false }
    : { label: nameAt(axis, place), isNamed: true };
}

const BARE = { low: null, high: null, quartiles: null } as const;
