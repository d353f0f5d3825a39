import { formatNumber, type TextColumn, textTable } from '../../../lib/cli/tables/text-table.js';
import { millisecondsPerPrompt } from './growth-figure.js';
import type { MeasuredGrowth } from './measure-growth.js';

const COLUMNS: readonly TextColumn[] = [
  { title: 'varied', align: 'left' },
  { title: 'to', align: 'left' },
  { title: 'prompts', align: 'right' },
  { title: 'ms a prompt', align: 'right' },
  { title: 'distinct tokens a prompt', align: 'right' },
  { title: 'tokens/distinct', align: 'right' },
  { title: 'tokens a row', align: 'right' },
  { title: 'GFLOP/s', align: 'right' },
  { title: 'peak GB', align: 'right' },
  { title: 'over weights', align: 'right' },
];

/** The measured points as a table. */
export function growthTable(points: readonly MeasuredGrowth[]): string {
  return textTable(COLUMNS, points.map(cellsOf));
}

function cellsOf(point: MeasuredGrowth): string[] {
  const { peakMemoryBytes: peak } = point;
  return [
    point.series,
    point.label,
    String(point.prompts),
    millisecondsPerPrompt(point).toFixed(2),
    (point.distinctTokens / point.prompts).toFixed(1),
    (point.computedTokens / point.distinctTokens).toFixed(2),
    point.tokensPerRow.toFixed(0),
    (point.floatingPointOperations / Math.min(...point.seconds) / 1e9).toFixed(0),
    formatNumber(peak === null ? null : peak / 1e9, 2),
    formatNumber(peak === null ? null : (peak - point.weightsBytes) / 1e9, 2),
  ];
}
