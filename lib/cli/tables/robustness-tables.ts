import type { ChangedChoice } from '../../analysis/robustness/one-choice-changed.js';
import type { ModelRobustness } from '../../runs/robustness/model-robustness.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';

/** How far the findings of each model hold when choices are made otherwise, as tables for a terminal. */
export function robustnessTables(models: readonly ModelRobustness[]): string {
  return [
    findingTable(models),
    '',
    'Each finding under every combination of defensible choices; "same sign" is the share of these in which it points the way it',
    'does as chosen. The combinations share their data: the share says how much hangs on choices and is no p-value.',
    ...models.map(remark),
  ].join('\n');
}

/** What one changed choice does to the figures of one model; categories left out in turn are gathered in one line. */
export function changedChoicesTable({ oneChoiceChanged }: ModelRobustness): string {
  const columns: TextColumn[] = [
    { title: 'changed', align: 'left' },
    { title: 'to', align: 'left' },
    ...['r', 'deviation r', 'r within items', 'West minus others', 'r of item means'].map(
      (title): TextColumn => ({ title, align: 'right' }),
    ),
  ];
  const isCategory = ({ value }: ChangedChoice): boolean => value.startsWith('without ') && !CELLS.has(value);
  return textTable(columns, [
    ...oneChoiceChanged.filter((changed) => !isCategory(changed)).map(line),
    ...rangeLine(oneChoiceChanged.filter(isCategory)),
  ]);
}

const CELLS = new Set(['without suspect', 'without thin']);

function line({ choice, value, figures, itemMeansR }: ChangedChoice): string[] {
  const { r, deviationR, withinItems, lean } = figures;
  return [
    choice === null ? '–' : NAMES[choice],
    value,
    ...[r, deviationR, withinItems, lean, itemMeansR].map((figure) => formatNumber(figure, 3)),
  ];
}

const NAMES: Readonly<Record<NonNullable<ChangedChoice['choice']>, string>> = {
  template: 'wording',
  format: 'format',
  readingKind: 'reading',
  orders: 'option orders',
  weights: "people's weights",
  cells: "people's cells",
  items: 'items',
};

/** The least and the most of each figure over the categories. */
function rangeLine(changed: readonly ChangedChoice[]): string[][] {
  if (changed.length === 0) {
    return [];
  }
  const range = (of: (one: ChangedChoice) => number | null): string => {
    const values = changed.flatMap((one) => of(one) ?? []);
    return values.length === 0
      ? '–'
      : `${formatNumber(Math.min(...values), 3)} to ${formatNumber(Math.max(...values), 3)}`;
  };
  return [
    [
      NAMES.items,
      `without each of ${changed.length} categories`,
      range(({ figures }) => figures.r),
      range(({ figures }) => figures.deviationR),
      range(({ figures }) => figures.withinItems),
      range(({ figures }) => figures.lean),
      range(({ itemMeansR }) => itemMeansR),
    ],
  ];
}

function findingTable(models: readonly ModelRobustness[]): string {
  const columns: TextColumn[] = [
    { title: 'model', align: 'left' },
    { title: 'finding', align: 'left' },
    ...['as chosen', 'least', 'median', 'most', 'same sign', 'specifications'].map(
      (title): TextColumn => ({ title, align: 'right' }),
    ),
  ];
  return textTable(
    columns,
    models.flatMap(({ model, findings }) =>
      findings.map(({ id, chosen, least, median, most, sameSign, specifications }, turn) => [
        turn === 0 ? model : '',
        id,
        ...[chosen, least, median, most].map((value) => formatNumber(value, 3)),
        sameSign === null ? '–' : `${Math.round(100 * sameSign)} %`,
        String(specifications),
      ]),
    ),
  );
}

function remark({ model, firstOption, wordings, notVaried }: ModelRobustness): string {
  const { first, last } = firstOption;
  const { overWordings, overCountries } = wordings;
  return [
    `${model}:`,
    first === null || last === null
      ? 'first-option bias unknown (it takes both option orders).'
      : `the option listed first gets ${formatNumber(first, 2)} of the probability, the one listed last ${formatNumber(last, 2)}, over both option orders.`,
    ...(overWordings === null || overCountries === null
      ? []
      : [
          `Over ${wordings.wordings} wordings its mean scores have a standard deviation of ${formatNumber(overWordings, 3)}, over countries of ${formatNumber(overCountries, 3)}.`,
        ]),
    ...(notVaried.length === 0 ? [] : [`Not varied here: ${notVaried.join(', ')}.`]),
  ].join(' ');
}
