import type { ChangedChoice } from '../../analysis/robustness/one-choice-changed.js';
import type { ModelRobustness } from '../../runs/robustness/model-robustness.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';

/** How far the findings of each model hold when choices are made otherwise, as tables for a terminal. */
export function robustnessTables(models: readonly ModelRobustness[]): string {
  return [
    findingTable(models),
    '',
    'Each finding over ways of asking and reading x choices of people\'s cells and of items; "same sign" is the share in which it',
    'points the way it does as chosen. They share their data: the share says how much hangs on choices and is no p-value.',
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
    ...['as chosen', 'least', 'median', 'most', 'same sign', 'asked x data'].map(
      (title): TextColumn => ({ title, align: 'right' }),
    ),
  ];
  return textTable(
    columns,
    models.flatMap(({ model, findings, waysOfAsking, dataChoices }) =>
      findings.map(({ id, chosen, least, median, most, sameSign }, turn) => [
        turn === 0 ? model : '',
        id,
        ...[chosen, least, median, most].map((value) => formatNumber(value, 3)),
        sameSign === null ? '–' : `${Math.round(100 * sameSign)} %`,
        `${waysOfAsking} x ${dataChoices}`,
      ]),
    ),
  );
}

function remark({ model, firstOption, wordings, notVaried }: ModelRobustness): string {
  const { first, last } = firstOption;
  const { shift, ofDifferences, overCountries } = wordings;
  return [
    `${model}:`,
    first === null || last === null
      ? 'first-option bias unknown (it takes both option orders).'
      : `the option listed first gets ${formatNumber(first, 2)} of the probability, the one listed last ${formatNumber(last, 2)}, over both option orders.`,
    ...(shift === null || ofDifferences === null || overCountries === null
      ? []
      : [
          `Over ${wordings.wordings} wordings its mean scores shift together by ${formatNumber(shift, 3)} (standard deviation); what sets countries apart changes by ${formatNumber(ofDifferences, 3)}, beside ${formatNumber(overCountries, 3)} from country to country.`,
        ]),
    ...(notVaried.length === 0 ? [] : [`Not varied: ${notVaried.join(', ')}.`]),
  ].join(' ');
}
