/**
 * Colours of Okabe and Ito (2008): told apart with every kind of colour vision. Those of theirs that are too pale for a mark on
 * white (contrast below 3 to 1, WCAG 2.2, 1.4.11) come last among series, in a darker shade.
 */
export const COLOURS = {
  people: '#0072B2',
  model: '#D55E00',
  reference: '#6B6B6B',
  /** Bars and ends that are compared with nothing: any other token, chance. */
  other: '#8C8C8C',
} as const;

/** The look of one of several series: colour and mark, so that neither alone has to tell them apart. */
export interface SeriesLook {
  readonly color: string;
  readonly symbol: string;
}

const SERIES: readonly SeriesLook[] = [
  { color: COLOURS.people, symbol: 'circle' },
  { color: COLOURS.model, symbol: 'square' },
  { color: '#009E73', symbol: 'diamond' },
  { color: '#B8578F', symbol: 'triangle-up' },
  { color: '#000000', symbol: 'x' },
  { color: '#2E8BC0', symbol: 'star' },
  { color: '#A87400', symbol: 'cross' },
];

/** The look of the series in a place; looks repeat after seven, with open marks. */
export function seriesLook(place: number): SeriesLook {
  const look = SERIES[place % SERIES.length] as SeriesLook;
  return place < SERIES.length ? look : { ...look, symbol: `${look.symbol}-open` };
}

/** Sequential scale of one hue: the same order for every kind of colour vision and in print, and light enough for dark figures in it. */
export const SEQUENTIAL: readonly (readonly [number, string])[] = [
  [0, '#F4F7FA'],
  [0.5, '#B5D2EA'],
  [1, '#5A9FD4'],
];

/** Of numbers written into coloured fields. */
export const FIELD_FONT = { size: 11, color: '#1A1A1A' } as const;

/** Grid and axis lines that stay behind the data. */
export const GRID = '#E5E5E5';
export const ZERO_LINE = '#9A9A9A';

const FONT = { family: 'Helvetica, Arial, sans-serif', size: 13, color: '#222222' };

/** The title of an axis: the quantity, with its unit or range. */
export function axisTitle(text: string): object {
  return { text, font: { size: 13 } };
}

/** Layout shared by all figures: white ground that prints, a title that says what is seen, the legend below it. */
export function layoutWith(parts: {
  readonly title: string;
  /** What marks and intervals are, in a line or two (`<br>`). */
  readonly subtitle?: string;
  /** In CSS pixels; 380 by default. */
  readonly height?: number;
  /** False where there is one series, or the axes name them. */
  readonly legend?: false;
  readonly more: object;
}): object {
  const { height = 380 } = parts;
  const subtitle =
    parts.subtitle === undefined ? '' : `<br><span style="font-size:12px">${parts.subtitle}</span>`;
  return {
    title: {
      text: `${parts.title}${subtitle}`,
      x: 0,
      xref: 'paper',
      xanchor: 'left',
      y: 1 - 22 / height,
      yref: 'container',
      yanchor: 'top',
      font: { size: 15 },
    },
    font: FONT,
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    height,
    margin: { l: 70, r: 20, t: 90, b: 60 },
    // Between title and marks, where it covers neither an axis title nor data.
    ...(parts.legend === false
      ? {}
      : { legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom' } }),
    hovermode: 'closest',
    ...parts.more,
  };
}
