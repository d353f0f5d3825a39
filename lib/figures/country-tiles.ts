import { rounded } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, FIELD_FONT, layoutWith, SEQUENTIAL } from './theme.js';

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
/** Ground of a tile without a value. */
const UNDEFINED = '#EFEFEF';

type Tile = CountryTilesParts['tiles'][number];

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
  /** The tiles with a value, or those without: their traces differ in colour. */
  const field = (isDefined: boolean, z: (value: number | null) => number): object => {
    const each = <T>(of: (tile: Tile) => T, empty: T): T[][] =>
      lines.map((line) =>
        line.tiles.map((tile) => (tile === null || (tile.value !== null) !== isDefined ? empty : of(tile))),
      );
    return {
      type: 'heatmap',
      z: each<number | null>(({ value }) => z(value), null),
      text: each(({ iso3, value }) => `${iso3}<br>${figureNumber(value)}`, ''),
      texttemplate: '%{text}',
      textfont: FIELD_FONT,
      customdata: each(({ name, n }) => `${plainLabel(name)} (${n} ${n === 1 ? 'item' : 'items'})`, ''),
      hoverongaps: false,
      ...{ xgap: 3, ygap: 3 },
    };
  };
  return {
    data: [
      {
        ...field(true, (value) => rounded(value ?? 0)),
        hovertemplate: `%{customdata}: ${plainLabel(measure)} %{z:.3f}<extra></extra>`,
        colorscale: SEQUENTIAL,
        ...(range === undefined ? {} : { zmin: range[0], zmax: range[1] }),
        colorbar: { title: axisTitle(plainLabel(measure)), thickness: 12 },
      },
      {
        ...field(false, () => 0),
        hovertemplate: `%{customdata}: ${plainLabel(measure)} undefined<extra></extra>`,
        colorscale: [
          [0, UNDEFINED],
          [1, UNDEFINED],
        ],
        showscale: false,
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
          ticks: '',
        },
      },
    }),
  };
}
