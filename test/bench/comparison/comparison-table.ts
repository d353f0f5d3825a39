import { formatNumber, type TextColumn, textTable } from '../../../lib/cli/tables/text-table.js';
import type { MeasuredPeer } from '../records.js';
import type { PromptFacts } from './compare-peers.js';

const COLUMNS: readonly TextColumn[] = [
  { title: 'peer', align: 'left' },
  { title: 'setting', align: 'left' },
  { title: 'prompts', align: 'right' },
  { title: 'prompts/s', align: 'right' },
  { title: 'median', align: 'right' },
  { title: 'ours is', align: 'right' },
  { title: 'tokens/distinct', align: 'right' },
  { title: 'GFLOP/s', align: 'right' },
  { title: 'of MatMul', align: 'right' },
  { title: 'peak GB', align: 'right' },
  { title: 'over weights', align: 'right' },
  { title: 'largest difference', align: 'right' },
];

/**
 * The peers of one format as a table: the best of the repeats, and how many times faster culture-lens is.
 *
 * Ratios compare rows over the same prompts, with the slower of culture-lens's exports.
 */
export function comparisonTable(rows: readonly MeasuredPeer[]): string {
  return textTable(
    COLUMNS,
    rows.map((row) => cellsOf(row, rows)),
  );
}

/** Prompts a second in the fastest repeat. */
export function promptsPerSecond({ prompts, seconds }: Pick<MeasuredPeer, 'prompts' | 'seconds'>): number {
  return prompts / Math.min(...seconds);
}

/** How many times as many prompts a second culture-lens reads; null where it was not measured on these prompts. */
export function timesFaster(row: MeasuredPeer, rows: readonly MeasuredPeer[]): number | null {
  const own = rows.filter(
    (one) => one.peer === 'ours' && one.format === row.format && one.prompts === row.prompts,
  );
  return own.length === 0 ? null : Math.min(...own.map(promptsPerSecond)) / promptsPerSecond(row);
}

/** The prompts as a paragraph: what was fixed before measuring. */
export function describePrompts(facts: PromptFacts): string {
  return (
    `${facts.format}: template ${facts.template} ${JSON.stringify(facts.templateText)}, ${facts.items.length} items x ` +
    `${facts.countries} countries, ${facts.orders.join(' and ')} order: ${facts.prompts} prompts of ${facts.shortest} to ` +
    `${facts.longest} tokens (mean ${facts.mean.toFixed(1)}); tails after what an item's prompts share: ` +
    `mean ${facts.tails.mean.toFixed(1)}, longest ${facts.tails.longest} tokens`
  );
}

/** Lines under the table: versions, settings tried, and what else a reader has to know. */
export function footnotes(rows: readonly MeasuredPeer[]): string[] {
  return rows.map((row) => {
    const tried = row.trials.map(({ setting, promptsPerSecond: pace }) => `${setting} ${pace.toFixed(1)}/s`);
    return [
      `${row.label} (${row.prompts} prompts): ${row.version}`,
      ...(tried.length === 0 ? [] : [`tried ${tried.join(', ')}`]),
      ...(row.planSeconds === null ? [] : [`planned in ${row.planSeconds.toFixed(1)} s, not counted`]),
      `MatMul at ${Math.round(row.work.tokensPerRun)} rows: ${giga(row.matMulPerSecond)} GFLOP/s`,
      ...(row.difference === null
        ? []
        : [`${row.difference.options} options compared with ${row.difference.reference}`]),
      ...(row.difference === null || row.difference.missing === 0
        ? []
        : [`${row.difference.missing} options missing`]),
      ...row.notes,
    ].join('; ');
  });
}

function cellsOf(row: MeasuredPeer, rows: readonly MeasuredPeer[]): string[] {
  const pace = row.floatingPointOperations / Math.min(...row.seconds);
  const ratio = timesFaster(row, rows);
  const { peakMemoryBytes: peak, difference } = row;
  return [
    row.label,
    row.setting,
    String(row.prompts),
    promptsPerSecond(row).toFixed(1),
    (row.prompts / median(row.seconds)).toFixed(1),
    ratio === null ? '–' : `${ratio.toFixed(1)}x`,
    (row.work.tokens / row.distinctTokens).toFixed(2),
    giga(pace),
    `${((100 * pace) / row.matMulPerSecond).toFixed(0)} %`,
    formatNumber(peak === null ? null : peak / 1e9, 2),
    formatNumber(peak === null ? null : (peak - row.weightsBytes) / 1e9, 2),
    difference === null ? '–' : difference.largest.toExponential(1),
  ];
}

function giga(value: number): string {
  return (value / 1e9).toFixed(0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
