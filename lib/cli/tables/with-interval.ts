import type { MeanInterval } from '../../analysis/agreement-record.js';
import { formatNumber } from './text-table.js';

/** "0.913 [0.88, 0.94]"; without brackets where there is no interval. */
export function withInterval(
  value: number | null,
  { low, high }: Pick<MeanInterval, 'low' | 'high'>,
): string {
  const point = formatNumber(value, 3);
  return low === null || high === null
    ? point
    : `${point} [${formatNumber(low, 2)}, ${formatNumber(high, 2)}]`;
}
