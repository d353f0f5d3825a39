import { Command } from 'commander';
import { createRandom } from '../../statistics/random.js';
import { type Coverage, coverage, type Estimand } from '../../statistics/simulation/coverage.js';
import type { WorldPlan } from '../../statistics/simulation/world.js';
import { positiveInteger } from '../positive-integer.js';
import { formatNumber, textTable } from '../tables/text-table.js';

const HELP = `
Draws worlds in which the right answer is known, and counts how often three kinds of 95 % intervals hold it: of mean r over
countries, of the difference of two models, and of the lean of one model (Western countries minus the others). Items are
independent or hang together in batteries (correlation .6); countries are independent or hang together in cultural zones
(.6, in what they answer and in r); many and few of both. With 55 countries, zones and Western countries are as many and as
unequal as in the survey; with fewer, countries are spread over seven zones. The intervals know batteries and zones by name,
also where nothing hangs together. Nothing is read or written. 2,000 worlds of each kind take about ten minutes.`;

/** What is meant: intervals that hold the right answer in 93 to 97 of 100 worlds. */
const MEANT = { low: 0.93, high: 0.97 };
/** Countries of the default set in each cultural zone, and how many of these are Western. */
const SURVEY_ZONES = [
  { countries: 1, western: 1 },
  { countries: 4, western: 4 },
  { countries: 2, western: 2 },
  { countries: 6, western: 2 },
  { countries: 12, western: 0 },
  { countries: 21, western: 0 },
  { countries: 5, western: 0 },
  { countries: 4, western: 0 },
];
const ALL_COUNTRIES = 55;
const OTHER_ZONES = 7;
const CORRELATION = 0.6;
/** Half of what people answer is common to all countries. */
const COMMON = 0.5;

interface Case {
  readonly world: string;
  readonly estimand: Estimand;
  readonly plan: WorldPlan;
}

/** `culture-lens validate`: how often the intervals hold what they should, in worlds where it is known. */
export function validateCommand(): Command {
  return new Command('validate')
    .description('Check the intervals on made-up worlds in which the right answer is known.')
    .option('--worlds <n>', 'worlds of each kind', positiveInteger, 2000)
    .option('--seed <n>', 'of the random numbers', positiveInteger, 1)
    .option('--json', 'print the table as JSON')
    .addHelpText('after', HELP)
    .action(({ worlds, seed, json }: { worlds: number; seed: number; json?: boolean }) => {
      const all = cases();
      const found = all.map(({ estimand, plan }, turn) => {
        process.stderr.write(`\r${turn} of ${all.length} kinds of worlds`);
        // A seed of its own, so that a kind's numbers do not depend on those before it.
        return coverage(plan, { estimand, firstPart: WESTERN, worlds, random: createRandom(seed + turn) });
      });
      process.stderr.write(`\r${' '.repeat(40)}\r`);
      console.log(
        json === true
          ? JSON.stringify(
              found.map((one, turn) => ({ ...all[turn], ...one })),
              null,
              1,
            )
          : table(all, found),
      );
    });
}

function cases(): Case[] {
  const kinds = [
    { world: 'independent', columnsPerGroup: 1, columnCorrelation: 0, zones: false },
    { world: 'batteries of 3', columnsPerGroup: 3, columnCorrelation: CORRELATION, zones: false },
    { world: 'zones', columnsPerGroup: 1, columnCorrelation: 0, zones: true },
    { world: 'batteries and zones', columnsPerGroup: 3, columnCorrelation: CORRELATION, zones: true },
  ];
  const plan = (kind: (typeof kinds)[number], rows: number, columns: number): WorldPlan => ({
    ...{ rows, columns, commonShare: COMMON },
    columnsPerGroup: kind.columnsPerGroup,
    columnCorrelation: kind.columnCorrelation,
    rowGroups: zonesOf(rows),
    rowCorrelation: kind.zones ? CORRELATION : 0,
  });
  return kinds.flatMap((kind) => {
    const of = (estimand: Estimand, rows: number, columns: number): Case => ({
      world: kind.world,
      estimand,
      plan: plan(kind, rows, columns),
    });
    return [
      ...[205, 25, 10, 6].flatMap((columns) => [55, 9, 2].map((rows) => of('mean r', rows, columns))),
      ...[205, 25].map((columns) => of('paired difference', 55, columns)),
      ...[205, 25].map((columns) => of('lean', 55, columns)),
    ];
  });
}

/** The zone of each country: as in the survey with all of them, else one after the other. */
function zonesOf(rows: number): number[] {
  return rows === ALL_COUNTRIES
    ? SURVEY_ZONES.flatMap(({ countries }, zone) => Array.from({ length: countries }, () => zone))
    : Array.from({ length: rows }, (_, row) => row % OTHER_ZONES);
}

const WESTERN: readonly boolean[] = SURVEY_ZONES.flatMap(({ countries, western }) =>
  Array.from({ length: countries }, (_, place) => place < western),
);

function table(all: readonly Case[], found: readonly Coverage[]): string {
  const rows = found.map((one, turn) => {
    const { world, plan } = all[turn] as Case;
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
