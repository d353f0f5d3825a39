import { lineOfText } from './plain-text.js';

/** An axis of a figure: what it measures, or the names along it. */
export interface Axis {
  readonly title: string;
  /** Names along the axis with their places; empty where it measures. */
  readonly names: readonly { readonly place: number; readonly name: string }[];
}

interface LayoutAxis {
  readonly title?: { readonly text?: string };
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
}

/** The axes of a layout by the name that a trace calls them: x, y, x2 ... */
export function axesOf(layout: object): Map<string, Axis> {
  const entries = Object.entries(layout) as [string, LayoutAxis][];
  return new Map(
    entries.flatMap(([key, axis]) => {
      const [, letter, number] = /^([xy])axis(\d*)$/.exec(key) ?? [];
      return letter === undefined ? [] : [[`${letter}${number}`, axisOf(axis)]];
    }),
  );
}

function axisOf({ title, tickvals = [], ticktext = [] }: LayoutAxis): Axis {
  return {
    title: lineOfText(title?.text ?? ''),
    names: tickvals.map((place, turn) => ({ place, name: lineOfText(String(ticktext[turn] ?? place)) })),
  };
}

/** What the axes measure, a line each; axes that only name things speak in the series. */
export function axisLines(axes: ReadonlyMap<string, Axis>): string[] {
  return [...axes].flatMap(([key, { title }]) =>
    title === '' ? [] : [`${key.startsWith('x') ? 'Across' : 'Upwards'}: ${title}.`],
  );
}

/** The name beside a place on an axis that names things; empty where none is near. */
export function nameAt({ names }: Axis, place: number): string {
  const [nearest] = names.toSorted((a, b) => Math.abs(a.place - place) - Math.abs(b.place - place));
  return nearest !== undefined && Math.abs(nearest.place - place) <= 0.5 ? nearest.name : '';
}
