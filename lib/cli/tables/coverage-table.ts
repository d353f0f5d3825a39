import type { Coverage } from '../../statistics/simulation/coverage.js';
import type { IntervalCase } from '../validation/interval-worlds.js';
import { formatNumber, textTable } from './text-table.js';

/** What is meant: intervals that hold the right answer in 93 to 97 of 100 worlds. */
const MEANT = { low: 0.93, high: 0.97 };
/** How often the intervals hold the right answer in each kind of worlds. */
export function coverageTable(all: readonly IntervalCase[], found: readonly Coverage[]): string {
  const rows = found.map((one, turn) => {
    const { world, plan } = all[turn] as IntervalCase;
    return [
      ...[world, one.estimand, String(plan.columns), String(Math.ceil(plan.columns / plan.columnsPerGroup))],
      ...[
        String(plan.rows),
        formatNumber(one.covers, 3),
        formatNumber(one.error, 3),
        formatNumber(one.width, 3),
      ],
      verdict(one),
    ];
  });
  const right = ['items', 'batteries', 'countries', 'covers', '±', 'width'];
  const columns = [
    { title: 'world', align: 'left' as const },
    { title: 'interval of', align: 'left' as const },
    ...right.map((title) => ({ title, align: 'right' as const })),
    { title: '', align: 'left' as const },
  ];
  const outside = found.filter((one) => one.covers !== null && verdict(one) !== '').length;
  const without = found.filter((one) => one.covers === null).length;
  return [
    textTable(columns, rows),
    '',
    `${found[0]?.worlds} worlds of each kind; ± is the Monte Carlo standard error. ${without} kinds give no interval. ` +
      (outside === 0
        ? 'All others cover 93 to 97 %.'
        : `${outside} kinds lie outside 93 to 97 % and are marked: below, an interval is too narrow; above, it is wider than it need be.`),
  ].join('\n');
}

function verdict({ covers, error, reason }: Coverage): string {
  if (covers === null || error === null) {
    return reason ?? '';
  }
  const side = covers < MEANT.low ? 'below' : covers > MEANT.high ? 'above' : '';
  const within = side === 'below' ? covers + 2 * error >= MEANT.low : covers - 2 * error <= MEANT.high;
  return side === '' ? '' : `${side} .93-.97${within ? ', by chance perhaps' : ''}`;
}
