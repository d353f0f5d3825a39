type Value = number | string | null;

/** How far the bars of an error reach up and down from each mark. */
export interface ErrorBars {
  readonly array?: readonly (number | null)[];
  readonly arrayminus?: readonly (number | null)[];
}

/** A trace of plotly's JSON, as far as the figures here use it; null is a gap. */
export interface Trace {
  readonly type?: string;
  readonly name?: string;
  readonly mode?: string;
  readonly orientation?: 'h' | 'v';
  readonly x?: readonly Value[];
  readonly y?: readonly Value[];
  readonly z?: readonly (readonly (number | null)[])[];
  readonly q1?: readonly (number | null)[];
  readonly text?: readonly unknown[];
  readonly texttemplate?: string;
  readonly error_x?: ErrorBars;
  readonly error_y?: ErrorBars;
  readonly xaxis?: string;
  readonly yaxis?: string;
}

/** An axis of its layout. */
export interface LayoutAxis {
  readonly title?: { readonly text?: string };
  readonly ticktext?: readonly string[];
  readonly visible?: boolean;
}

/** The axes of a layout by the name that a trace calls them: x, y, x2 ... */
export function axesOf(layout: object): Map<string, LayoutAxis> {
  return new Map(
    Object.entries(layout as Record<string, LayoutAxis>).flatMap(([key, axis]) => {
      const [, letter, number] = /^([xy])axis(\d*)$/.exec(key) ?? [];
      return letter === undefined ? [] : [[`${letter}${number}`, axis]];
    }),
  );
}
