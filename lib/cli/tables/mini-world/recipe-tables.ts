import type { CellFigures } from '../../../analysis/mini-world/cell-figures.js';
import { type CellsName, STRATA, type Stratum } from '../../../analysis/mini-world/cells.js';
import {
  figuresIn,
  type MiniWorldAnalysis,
  type TrainingFigures,
} from '../../../analysis/mini-world/mini-world-record.js';
import { mean } from '../../../statistics/spread.js';
import { formatNumber, type TextColumn, textTable } from '../text-table.js';
import { inRanges, meanAndSpread } from './labels.js';

const left = (title: string): TextColumn => ({ title, align: 'left' });
const right = (title: string): TextColumn => ({ title, align: 'right' });

/** The recipes and how many trainings of each are there. */
export function recipesTable({ recipes }: MiniWorldAnalysis): string {
  return textTable(
    [
      left('recipe'),
      right('parameters'),
      left('text tells'),
      right('trainings'),
      right('deviation r, seen'),
      right('held-out cells'),
      left('missing seeds'),
    ],
    recipes.map(({ name, parameters, telling, seeds, trained, missing, seen, heldOut }) => [
      name,
      parameters.toLocaleString('en'),
      telling,
      `${trained.length} of ${seeds}`,
      meanAndSpread(seen.mean, seen.standardDeviation),
      meanAndSpread(heldOut.mean, heldOut.standardDeviation),
      inRanges(missing),
    ]),
  );
}

/** A column of the tables of figures: one figure of the trainings of a recipe, on some cells. */
interface FigureColumn {
  readonly title: string;
  readonly side: 'withPeople' | 'withText';
  readonly cells: Stratum | 'all';
  readonly field: keyof CellFigures;
  readonly format?: 'chat';
}

const TOLD: readonly FigureColumn[] = [
  { title: 'text: r', side: 'withText', cells: 'all', field: 'r' },
  { title: 'deviation r', side: 'withText', cells: 'all', field: 'deviationR' },
  { title: 'seen: r', side: 'withPeople', cells: 'seen', field: 'r' },
  { title: 'deviation r', side: 'withPeople', cells: 'seen', field: 'deviationR' },
  { title: 'mean error', side: 'withPeople', cells: 'seen', field: 'meanAbsoluteError' },
  { title: 'mass', side: 'withPeople', cells: 'all', field: 'optionMass' },
  { title: 'in chat', side: 'withPeople', cells: 'all', field: 'optionMass', format: 'chat' },
];

const HELD_OUT: readonly FigureColumn[] = [
  { title: 'cells: r', side: 'withPeople', cells: 'held-out cells', field: 'r' },
  { title: 'deviation r', side: 'withPeople', cells: 'held-out cells', field: 'deviationR' },
  { title: 'within items', side: 'withPeople', cells: 'held-out cells', field: 'withinItems' },
  { title: 'blocks: r', side: 'withPeople', cells: 'held-out blocks', field: 'r' },
  { title: 'deviation r', side: 'withPeople', cells: 'held-out blocks', field: 'deviationR' },
  { title: 'countries: r', side: 'withPeople', cells: 'held-out countries', field: 'r' },
  { title: 'deviation r', side: 'withPeople', cells: 'held-out countries', field: 'deviationR' },
];

/** Model against its text and against people where the text tells, plain, means over seeds. */
export function toldTable(analysis: MiniWorldAnalysis): string {
  return figuresTable(analysis, TOLD);
}

/** What the columns of that table are. */
export const TOLD_NOTE =
  'Means over seeds, asked plain in English. text: against what the own text says, in the cells that it tells; seen: against people, in the ' +
  'seen cells. mass: option mass, all cells, plain and in the chat template.';

/** Model against people in the cells that no text tells, plain, means over seeds. */
export function heldOutTable(analysis: MiniWorldAnalysis): string {
  return figuresTable(analysis, HELD_OUT);
}

function figuresTable({ recipes, trainings }: MiniWorldAnalysis, columns: readonly FigureColumn[]): string {
  return textTable(
    [left('recipe'), ...columns.map(({ title }) => right(title))],
    recipes.flatMap(({ name, trained }) =>
      trained.length === 0 ? [] : [[name, ...columns.map((column) => figureText(trainings, name, column))]],
    ),
  );
}

function figureText(
  trainings: readonly TrainingFigures[],
  recipe: string,
  { side, cells, field, format }: FigureColumn,
): string {
  const values = trainings
    .filter((one) => one.recipe === recipe && one.format === (format ?? 'plain'))
    .flatMap((one) => (figuresIn(one[side][cells])?.[field] as number | null | undefined) ?? []);
  return formatNumber(mean(values), 3);
}

/** What can be known without a model, and what the texts say, against people. */
export function referencesTable({ references, texts }: MiniWorldAnalysis): string {
  const rows = [
    ...references.flatMap(({ name, byStratum }) =>
      STRATA.map((stratum) => figuresRow(name, stratum, byStratum[stratum] ?? null)),
    ),
    ...texts.map(({ telling, found }) => figuresRow(`text: ${telling}`, 'cells told', figuresIn(found))),
  ];
  return textTable(
    [
      left('against people'),
      left('cells'),
      ...['n', 'r', 'deviation r', 'r within items', 'mean error', 'lean (r)', 'left out'].map(right),
    ],
    rows,
  );
}

/** What the last column is. */
export const REFERENCES_NOTE =
  'Item means and completion are fitted on the seen cells (there the completion is a fit, no prediction). left out: countries / items with ' +
  'fewer than 3 cells / 5 countries there, or the same score in all.';

function figuresRow(
  name: string,
  cells: CellsName | 'cells told',
  figures: CellFigures | null,
): readonly string[] {
  return [
    name,
    cells,
    String(figures?.cells ?? 0),
    formatNumber(figures?.r ?? null, 3),
    formatNumber(figures?.deviationR ?? null, 3),
    formatNumber(figures?.withinItems ?? null, 3),
    formatNumber(figures?.meanAbsoluteError ?? null, 3),
    formatNumber(figures?.lean ?? null, 3),
    figures === null ? '–' : `${figures.countriesLeftOut} / ${figures.itemsLeftOut}`,
  ];
}
