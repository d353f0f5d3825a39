import { type Estimate, rounded } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, FIELD_FONT, layoutWith, SEQUENTIAL } from './theme.js';

/** One category of one model, as `agreement` returns it. */
export interface CategoryEstimate extends Estimate {
  readonly id: string;
  /** Items of the category. */
  readonly items: number;
}

/** What {@link rByCategoryFigure} draws. */
export interface RByCategoryParts {
  readonly title: string;
  /** From left to right: models, then references. */
  readonly models: readonly { readonly name: string; readonly categories: readonly CategoryEstimate[] }[];
  /** From top to bottom; those in which no model has an r are left out. */
  readonly categories: readonly { readonly id: string; readonly title: string }[];
}

const LINE = 28;

/** r of several models by category as a heat map, each number written in its field. */
export function rByCategoryFigure({ title, models, categories }: RByCategoryParts): PlotlyFigure {
  const lines = categories
    .map((category) => ({
      title: category.title,
      found: models.map((model) => model.categories.find(({ id }) => id === category.id) ?? null),
    }))
    .filter(({ found }) => found.some((one) => one !== null && one.mean !== null));
  const values = lines.map(({ found }) => found.map((one) => one?.mean ?? null));
  return {
    data: [
      {
        type: 'heatmap',
        x: models.map((_, column) => column),
        y: lines.map((_, line) => line),
        z: values.map((row) => row.map((value) => (value === null ? null : rounded(value)))),
        text: values.map((row) => row.map((value) => figureNumber(value))),
        texttemplate: '%{text}',
        textfont: FIELD_FONT,
        customdata: lines.map(({ title: name, found }) =>
          found.map((one, column) => [
            plainLabel(models[column]?.name ?? ''),
            plainLabel(name),
            intervalText(one),
          ]),
        ),
        hovertemplate: '%{customdata[0]}, %{customdata[1]}: r %{text} %{customdata[2]}<extra></extra>',
        colorscale: SEQUENTIAL,
        zmin: -0.2,
        zmax: 1,
        xgap: 2,
        ygap: 2,
        colorbar: { title: axisTitle('r'), thickness: 12 },
      },
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle:
        'Fisher-z mean over countries of r over the k items of a category<br>The pointer shows 95 % intervals',
      height: 228 + LINE * lines.length,
      legend: false,
      more: {
        margin: { l: 350, r: 20, t: 78, b: 130 },
        xaxis: {
          tickvals: models.map((_, column) => column),
          ticktext: models.map(({ name }) => plainLabel(name)),
          tickangle: -40,
          automargin: true,
          showgrid: false,
          zeroline: false,
        },
        yaxis: {
          automargin: true,
          tickvals: lines.map((_, line) => line),
          ticktext: lines.map(
            ({ title: name, found }) =>
              `${plainLabel(name)} (k = ${Math.max(0, ...found.map((one) => one?.items ?? 0))})`,
          ),
          tickfont: { size: 12 },
          autorange: 'reversed',
          showgrid: false,
          zeroline: false,
        },
      },
    }),
  };
}

function intervalText(one: Estimate | null): string {
  const { low = null, high = null } = one?.interval ?? {};
  return low === null || high === null ? '' : `[${figureNumber(low)}, ${figureNumber(high)}]`;
}
