import type { PairedEstimate } from '../../analysis/paired-record.js';
import type { RunComparison } from '../../runs/compare-runs.js';
import { intervalNotes } from './interval-meaning.js';
import { formatNumber, formatSigned, type TextColumn, textTable } from './text-table.js';

/** A comparison of two runs as tables for a terminal. */
export function comparisonTables(comparison: RunComparison): string {
  const { first, second, cells, settings } = comparison;
  const dropped = [
    { cells: cells.onlyFirst, why: `only ${first} did` },
    { cells: cells.onlySecond, why: `only ${second} did` },
    { cells: cells.neither, why: 'neither did' },
    { cells: cells.withoutHumanAnswer, why: 'the survey has no answer of people' },
  ].filter((drop) => drop.cells > 0);
  return [
    `${first} and ${second}: ${settings.template}, ${settings.format}, ${settings.reading === 'letter' ? '' : 'answer texts, '}${settings.orders.length === 1 ? `options ${settings.orders[0]}` : 'both option orders'}, ` +
      `${settings.human === null ? '' : `people of ${settings.human.title}, `}${settings.suspectCells === 'keep' ? '' : 'without suspect cells, '}` +
      `${cells.common} cells that both answered` +
      (dropped.length === 0
        ? ''
        : ` (left out: ${dropped.map((drop) => `${drop.cells} where ${drop.why}`).join(', ')})`),
    '',
    table(comparison, comparison.estimates),
    '',
    'r by category',
    '',
    table(comparison, comparison.byCategory),
    '',
    'Plain means over countries. A difference whose interval holds 0 may be chance.',
    ...intervalNotes([
      ...comparison.estimates.map(({ id, interval }) => ({ figure: id, interval })),
      ...comparison.byCategory.map(({ interval }) => ({ figure: 'r by category', interval })),
    ]),
    'All this is about these two models, not about recipes: two trainings of one recipe are two models and differ as well.',
    'A dash is undefined; --json says why.',
  ].join('\n');
}

function table({ first, second }: RunComparison, estimates: readonly PairedEstimate[]): string {
  const columns: TextColumn[] = [
    { title: '', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'countries', align: 'right' },
    { title: first, align: 'right' },
    { title: second, align: 'right' },
    { title: 'difference', align: 'right' },
    { title: 'interval', align: 'left' },
  ];
  return textTable(
    columns,
    estimates.map(({ id, items, countries, difference, interval, ...values }) => [
      id,
      String(items),
      String(countries),
      formatNumber(values.first, 3),
      formatNumber(values.second, 3),
      formatSigned(difference, 3),
      interval.low === null || interval.high === null
        ? '–'
        : `[${formatSigned(interval.low, 3)}, ${formatSigned(interval.high, 3)}]`,
    ]),
  );
}
