import { rounded } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, layoutWith, SEQUENTIAL } from './theme.js';

/** What {@link countryTilesFigure} draws. */
export interface CountryTilesParts {
  readonly title: string;
  /** Name of the number, for the colour bar, for example "r". */
  readonly measure: string;
  /** Ends of the colours, so that two figures can be compared; those of the values by default. */
  readonly range?: readonly [number, number];
  readonly tiles: readonly {
    readonly iso3: string;
    readonly name: string;
    readonly continent: string;
    /** Null where undefined: an empty tile. */
    readonly value: number | null;
    /** Items behind the value. */
    readonly n: number;
  }[];
}

const ACROSS = 11;
const LINE = 44;

/** One tile for each country, in blocks by continent: a map without geography, since plotly's own is fetched from the network. */
export function countryTilesFigure({ title, measure, tiles, range }: CountryTilesParts): PlotlyFigure {
  const continents = [...new Set(tiles.map(({ continent }) => continent))].toSorted();
  const lines = continents.flatMap((continent) => {
    const own = tiles
      .filter((tile) => tile.continent === continent)
      .toSorted((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY));
    const rows = Math.ceil(own.length / ACROSS);
    return Array.from({ length: rows }, (_, row) => ({
      label: row === 0 ? `${plainLabel(continent)} (${own.length})` : '',
      tiles: Array.from({ length: ACROSS }, (_none, place) => own[row * ACROSS + place] ?? null),
    }));
  });
  const each = <T>(of: (tile: CountryTilesParts['tiles'][number]) => T, empty: T): T[][] =>
    lines.map((line) => line.tiles.map((tile) => (tile === null ? empty : of(tile))));
  return {
    data: [
      {
        type: 'heatmap',
        z: each<number | null>(({ value }) => (value === null ? null : rounded(value)), null),
        text: each(({ iso3, value }) => `${iso3}<br>${figureNumber(value)}`, ''),
        texttemplate: '%{text}',
        textfont: { size: 11 },
        customdata: each(({ name, n }) => `${plainLabel(name)} (${n} items)`, ''),
        hovertemplate: `%{customdata}: ${plainLabel(measure)} %{z:.3f}<extra></extra>`,
        hoverongaps: false,
        colorscale: SEQUENTIAL,
        ...(range === undefined ? {} : { zmin: range[0], zmax: range[1] }),
        xgap: 3,
        ygap: 3,
        colorbar: { title: axisTitle(plainLabel(measure)), thickness: 12 },
      },
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: 'One tile for each country, highest first within its continent (number of countries)',
      height: 110 + LINE * lines.length,
      legend: false,
      more: {
        margin: { l: 150, r: 20, t: 70, b: 20 },
        xaxis: { visible: false },
        yaxis: {
          automargin: true,
          tickvals: lines.map((_, line) => line),
          ticktext: lines.map(({ label }) => label),
          autorange: 'reversed',
          showgrid: false,
          zeroline: false,
        },
      },
    }),
  };
}
