import type { MeanAgreement, MeanInterval } from '../analysis/agreement-record.js';
import { ITEM_MEANS } from '../analysis/references/item-means-reference.js';
import { nameOfRow } from '../runs/row-name.js';
import type { Summary, SummaryRow } from '../runs/summary-record.js';
import { intervalNotes, type NamedInterval } from './interval-meaning.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';

const FEW_ITEMS = 25;

/** The findings of a study as tables for a terminal: models, then continents, then categories. */
export function summaryTables(summary: Summary): string {
  const { rows } = summary;
  // The other references have their place in the first table; here they would only make it too wide.
  const compared = rows.filter((row) => row.kind === 'model' || row.name === ITEM_MEANS);
  const sections = [
    {
      title: 'Agreement with people, with 95 % intervals',
      table: headline(rows),
    },
    { title: 'What stands behind it, and what r does not see', table: evidence(compared) },
    { title: 'r by continent', table: parts(compared, (row) => row.agreement.byContinent) },
    {
      title: 'r by category (items of the category only)',
      table: parts(compared, (row) => row.agreement.byCategory),
    },
  ];
  const body = sections.map(({ title, table }) => `${title}\n\n${table}`).join('\n\n');
  const { human } = summary;
  return [
    body,
    '',
    ...summary.findings,
    '',
    `People: ${human.cells} cells, ${human.weightedCells} weighted, ${human.unweightedCells} unweighted, ` +
      `${human.suspectCells} that look wrong in the survey itself (kept); ${rows[0]?.agreement.cells.withoutHumanAnswer ?? 0} ` +
      `cells have no human answer. Not in r (summary.json says why): ${leftOut(rows)}.`,
    ...((rows[0]?.agreement.items.used ?? 0) < FEW_ITEMS
      ? [`r over fewer than ${FEW_ITEMS} items moves a lot with each of them: a look, not a finding.`]
      : []),
    "r: Pearson over items for each country, averaged over countries by Fisher's z.",
    ...intervalNotes(rows.flatMap((row) => intervalsOf(row))),
    ...rows.flatMap(({ name, meaning }) =>
      meaning === null ? [] : [`"${name}" is no model: it ${meaning}.`],
    ),
    '"deviation r": the same, of what sets each country apart from the mean of all countries; 0 is no relation.',
    '"r within items": r across countries for each item, then the mean over items.',
    '"own country" is the share of other countries whose people are further from the model\'s answers than its own: .5 is chance.',
    '"West minus others" is the difference of plain means of r; compare it with that of "item means", whose lean is not 0.',
    '"option mass": the share of the probability that lies on the options. "order gap": how far mean scores move when they are reversed.',
    '"cells": item x country; "unscored": those that the model did not answer. "concordance": Lin\'s, r lowered by every shift and squeeze.',
    '"slope", "offset", "mean error": people\'s score s becomes offset + slope x s at the model; both scores lie in [-1, 1].',
    'A dash is undefined; summary.json says why.',
  ].join('\n');
}

/** The findings, each with its interval. */
function headline(rows: readonly SummaryRow[]): string {
  const columns: TextColumn[] = [
    { title: 'model', align: 'left' },
    { title: 'r', align: 'left' },
    { title: 'deviation r', align: 'left' },
    { title: 'r within items', align: 'left' },
    { title: 'West minus others', align: 'left' },
    { title: 'own country', align: 'right' },
  ];
  return textTable(
    columns,
    rows.map(({ agreement, ownCountry, ...row }) => [
      nameOfRow(row),
      withInterval(agreement.overall.mean, agreement.overall.interval),
      withInterval(agreement.deviation.mean, agreement.deviation.interval),
      withInterval(agreement.withinItems.plainMean, agreement.withinItems.interval),
      withInterval(agreement.westernLean.lean, agreement.westernLean.interval),
      formatNumber(ownCountry?.meanPercentile ?? null, 3),
    ]),
  );
}

function intervalsOf({ kind, agreement }: SummaryRow): NamedInterval[] {
  const { overall, deviation, withinItems, westernLean } = agreement;
  const named: NamedInterval[] = [
    { figure: 'r', interval: overall.interval },
    { figure: 'deviation r', interval: deviation.interval },
    {
      figure: 'r within items',
      interval: withinItems.interval,
      countries: 'a cultural zone counting as one',
    },
    { figure: 'West minus others', interval: westernLean.interval },
  ];
  // Why a reference has none is said by what it is.
  return named.filter(({ interval }) => kind === 'model' || interval.uncertainty !== null);
}

/** What the findings rest on, and what r does not see. */
function evidence(rows: readonly SummaryRow[]): string {
  const columns: TextColumn[] = [
    { title: 'model', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'cells', align: 'right' },
    { title: 'unscored', align: 'right' },
    { title: 'option mass', align: 'right' },
    { title: 'order gap', align: 'right' },
    { title: 'Spearman', align: 'right' },
    { title: 'concordance', align: 'right' },
    { title: 'slope', align: 'right' },
    { title: 'offset', align: 'right' },
    { title: 'mean error', align: 'right' },
  ];
  return textTable(
    columns,
    rows.map(({ agreement, ownCountry: _, ...row }) => [
      nameOfRow(row),
      String(agreement.items.used),
      String(agreement.cells.used),
      String(agreement.modelCells.unscored),
      formatNumber(agreement.optionMass.mean, 3),
      formatNumber(agreement.orderGap.mean, 3),
      formatNumber(agreement.level.spearman.mean, 3),
      formatNumber(agreement.level.concordance.mean, 3),
      formatNumber(agreement.level.slope.mean, 2),
      formatNumber(agreement.level.offset.mean, 2),
      formatNumber(agreement.level.meanAbsoluteError.mean, 3),
    ]),
  );
}

/** "0.913 [0.88, 0.94]"; without brackets where there is no interval. */
function withInterval(value: number | null, { low, high }: MeanInterval): string {
  const point = formatNumber(value, 3);
  return low === null || high === null
    ? point
    : `${point} [${formatNumber(low, 2)}, ${formatNumber(high, 2)}]`;
}

/** Parts as lines, models as columns: there are more parts than a terminal is wide. */
function parts(
  rows: readonly SummaryRow[],
  partsOf: (row: SummaryRow) => readonly (MeanAgreement & { readonly id: string; readonly items: number })[],
): string {
  const [first] = rows;
  const ids = first === undefined ? [] : partsOf(first).map((part) => part.id);
  const columns: TextColumn[] = [
    { title: '', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'countries', align: 'right' },
    ...rows.map((row) => ({ title: nameOfRow(row), align: 'right' as const })),
  ];
  return textTable(
    columns,
    ids.map((id) => {
      const own = rows.map((row) => partsOf(row).find((part) => part.id === id));
      return [
        id,
        String(own[0]?.items ?? 0),
        countsOf(own.map((part) => part?.n ?? 0)),
        ...own.map((part) => formatNumber(part?.mean ?? null, 3)),
      ];
    }),
  );
}

/** One number where all columns rest on as many countries, else the range. */
function countsOf(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least}–${most}`;
}

function leftOut(rows: readonly SummaryRow[]): string {
  const items = rows[0]?.agreement.items.leftOut ?? [];
  return items.length === 0 ? 'nothing' : items.map((item) => item.variable).join(', ');
}
