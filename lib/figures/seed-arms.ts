import { type Estimate, errorBars, meansOf, rounded } from './estimate.js';
import { plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith, ZERO_LINE } from './theme.js';

/** One figure of every training of a recipe; what the mini world's analyses return fits. */
export interface SeedArmEstimate extends Pick<Estimate, 'mean' | 'interval'> {
  readonly recipe: string;
  readonly values: readonly number[];
}

/** One panel: a figure, over all recipes. */
export interface SeedPanel {
  /** Stands below the panel's axis. */
  readonly measure: string;
  readonly arms: readonly SeedArmEstimate[];
  /** A value that needs no training, as a dashed line, for example item means. */
  readonly reference?: { readonly name: string; readonly value: number | null };
}

/** What {@link seedArmsFigure} draws. */
export interface SeedArmsParts {
  readonly title: string;
  /** From left to right. */
  readonly panels: readonly SeedPanel[];
  /** Whether all panels have one scale, as those of one figure on different cells should; false by default. */
  readonly sameScale?: boolean;
  /** What a recipe is called on the axis; by default its name without "mini-". */
  readonly labels?: Readonly<Record<string, string>>;
}

const LINE = 42;
const GAP = 0.06;

/** Recipes beside each other, every training a mark: what a factor of training does, with seeds as the unit. */
export function seedArmsFigure({
  title,
  panels,
  sameScale = false,
  labels = {},
}: SeedArmsParts): PlotlyFigure {
  const recipes = [...new Set(panels.flatMap(({ arms }) => arms.map(({ recipe }) => recipe)))];
  const axis = (place: number): string => (place === 0 ? '' : String(place + 1));
  return {
    data: panels.flatMap((panel, place) => panelTraces(panel, recipes, axis(place))),
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: `Small marks: one training each; large: their mean, with the 95 % interval of Student's t over trainings${
        panels.some(({ reference }) => reference !== undefined) ? '; dashed: reference' : ''
      }`,
      height: 170 + LINE * recipes.length,
      legend: false,
      more: {
        margin: { l: 190, r: 20, t: 90, b: 60 },
        ...Object.fromEntries(
          panels.map(({ measure }, place) => [
            `xaxis${axis(place)}`,
            {
              title: axisTitle(plainLabel(measure)),
              domain: domainOf(place, panels.length),
              anchor: 'y',
              ...(sameScale && place > 0 ? { matches: 'x' } : {}),
              gridcolor: GRID,
              zerolinecolor: ZERO_LINE,
            },
          ]),
        ),
        yaxis: {
          automargin: true,
          tickvals: recipes.map((_, line) => -line),
          ticktext: recipes.map((recipe) => {
            const trained = Math.max(
              ...panels.flatMap(({ arms }) =>
                arms.filter((arm) => arm.recipe === recipe).map(({ values }) => values.length),
              ),
            );
            return `${plainLabel(labels[recipe] ?? recipe.replace(/^mini-/, ''))} (n = ${trained})`;
          }),
          range: [-recipes.length + 0.4, 0.6],
          gridcolor: GRID,
          zeroline: false,
        },
        shapes: panels.flatMap(({ reference }, place) =>
          reference === undefined || reference.value === null
            ? []
            : [
                {
                  ...{ type: 'line', xref: `x${axis(place)}`, yref: 'paper', y0: 0, y1: 1 },
                  ...{ x0: rounded(reference.value), x1: rounded(reference.value) },
                  line: { color: COLOURS.reference, dash: 'dash', width: 1.5 },
                },
              ],
        ),
        annotations: panels.flatMap(({ reference }, place) =>
          reference === undefined || reference.value === null
            ? []
            : [
                {
                  ...{ xref: `x${axis(place)}`, yref: 'paper', x: rounded(reference.value), y: 1 },
                  ...{
                    yanchor: 'bottom',
                    showarrow: false,
                    text: plainLabel(reference.name),
                    font: { size: 11 },
                  },
                },
              ],
        ),
      },
    }),
  };
}

function panelTraces({ arms, measure }: SeedPanel, recipes: readonly string[], axis: string): object[] {
  const lineOf = (recipe: string): number => -recipes.indexOf(recipe);
  const estimates = arms.map((arm) => ({ ...arm, n: arm.values.length }));
  const axes = { xaxis: `x${axis}`, yaxis: 'y', showlegend: false };
  return [
    {
      ...axes,
      type: 'scatter',
      mode: 'markers',
      name: 'one training',
      x: arms.flatMap(({ values }) => values.map(rounded)),
      y: arms.flatMap(({ recipe, values }) => values.map(() => lineOf(recipe) - 0.2)),
      marker: { size: 6, color: COLOURS.model, opacity: 0.8 },
      hovertemplate: `${plainLabel(measure)} %{x:.3f}<extra>one training</extra>`,
    },
    {
      ...axes,
      type: 'scatter',
      mode: 'markers',
      name: 'mean',
      x: meansOf(estimates),
      y: arms.map(({ recipe }) => lineOf(recipe) + 0.08),
      error_x: errorBars(estimates),
      marker: { size: 10, color: COLOURS.people, symbol: 'diamond' },
      hovertemplate: `${plainLabel(measure)} %{x:.3f}<extra>mean of the trainings</extra>`,
    },
  ];
}

/** Panels of one width, with gaps between them. */
function domainOf(place: number, count: number): [number, number] {
  const width = (1 - GAP * (count - 1)) / count;
  return [rounded(place * (width + GAP)), rounded(place * (width + GAP) + width)];
}
