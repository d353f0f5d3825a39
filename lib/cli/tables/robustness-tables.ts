import type { ChangedChoice } from '../../analysis/robustness/one-choice-changed.js';
import { describeSpecification } from '../../analysis/robustness/specification.js';
import type { ModelRobustness } from '../../runs/robustness/model-robustness.js';
import { formatNumber, type TableContent, type TextColumn, textTable } from './text-table.js';
import { wrapped } from './wrapped.js';

/** How far the findings of each model hold when choices are made otherwise, as tables for a terminal. */
export function robustnessTables(models: readonly ModelRobustness[]): string {
  const { columns, rows } = robustnessContent(models);
  return [textTable(columns, rows), '', ...robustnessRemarks(models).map((text) => wrapped(text))].join('\n');
}

/** What a reader of that table has to know, a paragraph each. */
export function robustnessRemarks(models: readonly ModelRobustness[]): string[] {
  const notVaried = [...new Set(models.flatMap((model) => model.notVaried))];
  const [first] = models;
  return [
    ...(first === undefined ? [] : [`As chosen: ${describeSpecification(first.chosen)}.`]),
    'Ways: wordings x formats x readings x ways to join the two option orders (a wording without a country and one order alone are ' +
      `not counted). Data sets: choices of people's cells${countriesVaried(models) ? ' x of countries' : ''} x of items, most of which leave out one category. "Same sign" is the share in ` +
      'which a finding points the way it does as chosen; they share their data, so it says how much hangs on choices, and 100 % does ' +
      'not make a number differ from 0.',
    ...(notVaried.length === 0 ? [] : [`Not varied: ${notVaried.join(', ')}.`]),
    ...models.map(remark),
  ];
}

/** A list of countries is a choice only where a run asked more than the default set, and then stands among the changed choices. */
function countriesVaried(models: readonly ModelRobustness[]): boolean {
  return models.some(({ oneChoiceChanged }) => oneChoiceChanged.some(({ choice }) => choice === 'countries'));
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
  people: "people's survey",
  weights: "people's weights",
  cells: "people's cells",
  countries: 'countries',
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

/** The findings of each model over all its specifications. */
export function robustnessContent(models: readonly ModelRobustness[]): TableContent {
  return {
    columns: [
      { title: 'model', align: 'left' },
      { title: 'finding', align: 'left' },
      ...['as chosen', 'least', 'median', 'most', 'same sign', 'ways x data sets'].map(
        (title): TextColumn => ({ title, align: 'right' }),
      ),
    ],
    rows: models.flatMap(({ model, findings, waysOfAsking, dataChoices }) =>
      findings.map(({ id, chosen, least, median, most, sameSign }, turn) => [
        turn === 0 ? model : '',
        id,
        ...[chosen, least, median, most].map((value) => formatNumber(value, 3)),
        sameSign === null ? '–' : `${Math.round(100 * sameSign)} %`,
        `${waysOfAsking} x ${dataChoices}`,
      ]),
    ),
  };
}

function remark({ model, chosen, firstOption, wordings }: ModelRobustness): string {
  const { first, last } = firstOption;
  const { shift, ofDifferences, overCountries } = wordings;
  return [
    `${model} (${chosen.format}):`,
    first === null || last === null
      ? 'first-option bias unknown (it takes both option orders).'
      : `of the probability on the options, the one listed first gets ${formatNumber(first, 2)}, the one listed last ${formatNumber(last, 2)}, over both option orders.`,
    ...(shift === null || ofDifferences === null || overCountries === null
      ? []
      : [
          `Standard deviations of mean scores (-1 to 1), mean over ${wordings.items} items: of the shift that all countries share from wording to wording ${formatNumber(shift, 3)}; of a country's distance from the item's mean, from wording to wording, ${formatNumber(ofDifferences, 3)}; from country to country (mean of ${wordings.wordings} wordings) ${formatNumber(overCountries, 3)}.`,
        ]),
  ].join(' ');
}
