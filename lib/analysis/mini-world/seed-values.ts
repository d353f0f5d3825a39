import { mean, standardDeviation } from '../../statistics/spread.js';
import { tInterval } from '../../statistics/student-t.js';
import type { CellFigures } from './cell-figures.js';
import type { FigureChoice, FigureTable } from './figure-table.js';
import type { MiniWorld } from './mini-world.js';

/** What a training is described by, in the words of tables. */
export type FigureName =
  | 'r'
  | 'deviation r'
  | 'r within items'
  | 'mean absolute error'
  | 'option mass'
  | 'West minus others'
  | 'West minus others, deviation r';

const FIELD: Readonly<Record<FigureName, keyof CellFigures>> = {
  r: 'r',
  'deviation r': 'deviationR',
  'r within items': 'withinItems',
  'mean absolute error': 'meanAbsoluteError',
  'option mass': 'optionMass',
  'West minus others': 'lean',
  'West minus others, deviation r': 'deviationLean',
};

/** One number of each training: which figure, on which cells, asked how, against what. */
export interface Measure extends FigureChoice {
  readonly figure: FigureName;
}

/** A figure of every training of a recipe: the sample that claims about the recipe rest on. */
export interface SeedValues {
  readonly recipe: string;
  readonly measure: Measure;
  /** Those that have the figure, in the order of the seeds. */
  readonly seeds: readonly number[];
  readonly values: readonly number[];
  readonly mean: number | null;
  /** Over seeds, with n - 1; null for fewer than two. */
  readonly standardDeviation: number | null;
  /** 95 % interval of the mean by Student's t, seeds being the unit: another seed of the recipe. Null for fewer than two. */
  readonly interval: { readonly low: number | null; readonly high: number | null };
  /** Trainings that the recipe is to have. */
  readonly planned: number;
  /** What is missing, and why; null when every planned training has the figure. */
  readonly reason: string | null;
}

/** The figure of one training; null where undefined. */
export function figureOf(figures: CellFigures, figure: FigureName): number | null {
  return figures[FIELD[figure]] as number | null;
}

/** A figure of all trainings of a recipe. */
export function seedValues(
  world: MiniWorld,
  table: FigureTable,
  recipe: string,
  measure: Measure,
): SeedValues {
  const found = world.trainings
    .filter((training) => training.recipe === recipe)
    .map((training) => ({ seed: training.seed, ...valueIn(table.of(training, measure), measure.figure) }))
    .sort((a, b) => a.seed - b.seed);
  const defined = found.flatMap(({ seed, value }) => (value === null ? [] : [{ seed, value }]));
  const values = defined.map(({ value }) => value);
  const planned = world.recipes.find(({ name }) => name === recipe)?.seeds ?? 0;
  return {
    recipe,
    measure,
    seeds: defined.map(({ seed }) => seed),
    values,
    ...meanOverSeeds(values),
    planned,
    reason: whyFewer({ recipe, planned, trained: found.length }, found),
  };
}

/** Mean, spread and interval of a figure over seeds. */
export function meanOverSeeds(
  values: readonly number[],
): Pick<SeedValues, 'mean' | 'standardDeviation' | 'interval'> {
  const centre = mean(values);
  const spread = standardDeviation(values);
  if (centre === null || spread === null) {
    return { mean: centre, standardDeviation: spread, interval: { low: null, high: null } };
  }
  const standardError = spread / Math.sqrt(values.length);
  const { low, high } = tInterval({ estimate: centre, standardError, df: values.length - 1 });
  return { mean: centre, standardDeviation: spread, interval: { low, high } };
}

function valueIn(
  found: ReturnType<FigureTable['of']>,
  figure: FigureName,
): { readonly value: number | null; readonly reason: string | null } {
  if (found.kind === 'missing') {
    return { value: null, reason: found.reason };
  }
  const value = figureOf(found.figures, figure);
  return { value, reason: value === null ? (found.figures.reason ?? `${figure} is undefined`) : null };
}

function whyFewer(
  {
    recipe,
    planned,
    trained,
  }: { readonly recipe: string; readonly planned: number; readonly trained: number },
  found: readonly { readonly reason: string | null }[],
): string | null {
  const reasons = [...new Set(found.flatMap(({ reason }) => reason ?? []))];
  const unfinished = trained < planned ? [`${trained} of ${planned} trainings of ${recipe} are there`] : [];
  const all = [...unfinished, ...reasons];
  return all.length === 0 ? null : all.join('; ');
}
