import { rounded } from './estimate.js';
import { plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, ZERO_LINE } from './theme.js';

/** Five quantiles of a sample of mean scores, and its size. */
export interface ScoreBox {
  readonly n: number;
  /** Quantiles .05, .25, .5, .75 and .95. */
  readonly quantiles: readonly [number, number, number, number, number];
}

/** What {@link scoreBoxesFigure} draws. */
export interface ScoreBoxesParts {
  readonly title: string;
  readonly model: string;
  /** From top to bottom; null where a side has no cell. */
  readonly categories: readonly {
    readonly title: string;
    readonly people: ScoreBox | null;
    readonly model: ScoreBox | null;
  }[];
}

const LINE = 42;

/** Mean scores of people and of a model in every category, as boxes side by side: Figure 1 of the paper. */
export function scoreBoxesFigure({ title, model, categories }: ScoreBoxesParts): PlotlyFigure {
  const box = (name: string, side: 'people' | 'model', color: string, shift: number): object => {
    const boxes = categories.map((category) => category[side]);
    const at = (place: 0 | 1 | 2 | 3 | 4): (number | null)[] =>
      boxes.map((one) => (one === null ? null : rounded(one.quantiles[place])));
    return {
      type: 'box',
      orientation: 'h',
      name: plainLabel(name),
      y: categories.map((_, line) => -line + shift),
      ...{ lowerfence: at(0), q1: at(1), median: at(2), q3: at(3), upperfence: at(4) },
      width: 0.32,
      marker: { color },
      line: { width: 1.5 },
      fillcolor: `${color}66`,
    };
  };
  return {
    data: [box('people', 'people', COLOURS.people, 0.19), box(model, 'model', COLOURS.model, -0.19)],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: 'Box: middle half of the cells (n, country x item); line: median; whiskers: 5 % to 95 %',
      height: 160 + LINE * categories.length,
      more: {
        margin: { l: 350, r: 20, t: 90, b: 50 },
        xaxis: {
          title: axisTitle('Mean score (−1 to +1)'),
          range: [-1.05, 1.05],
          gridcolor: GRID,
          zerolinecolor: ZERO_LINE,
        },
        yaxis: {
          automargin: true,
          tickvals: categories.map((_, line) => -line),
          ticktext: categories.map(
            (category) =>
              `${plainLabel(category.title)} (n = ${category.people?.n.toLocaleString('en') ?? 0})`,
          ),
          tickfont: { size: 12 },
          range: [-categories.length + 0.4, 0.6],
          showgrid: false,
          zeroline: false,
        },
      },
    }),
  };
}
