import type { ImportOutcome } from '../../runs/import/import-human.js';
import { type Difference, type Differences, size } from '../../survey/import/differences.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';
import { wrapped } from './wrapped.js';

/** Countries and numbers that are named. */
const NAMED = 5;

/** What an import gave, what it left out, and how it compares with the aggregates that ship. */
export function importTables({ record, differences, remarks }: ImportOutcome): string {
  const { source, rows, respondents, counts, weights } = record;
  const people = respondents === null ? null : Object.values(respondents).reduce((sum, n) => sum + n, 0);
  const facts: [string, string][] = [
    ['survey', record.title],
    ['file', `${source.file}, ${number(source.bytes)} bytes`],
    ['SHA-256', source.sha256],
    ['rows', number(rows)],
    ['respondents', people === null ? 'not told' : number(people)],
    ['countries', number(record.countries.length)],
    ['items', number(counts.items)],
    ['cells with shares', number(counts.cells)],
    ['cells with a mean', number(counts.means)],
    ['weights', weights ?? 'none'],
    ...record.leftOut.map(({ what, count, why }): [string, string] => [
      `left out: ${what.split(':')[0]}`,
      `${number(count)}, ${why}`,
    ]),
  ];
  return [
    textTable([left('imported'), left('')], facts),
    ...remarks.map((remark) => `\n${wrapped(remark)}`),
    ...(differences === null ? [] : ['', differenceText(differences)]),
  ].join('\n');
}

function differenceText(differences: Differences): string {
  const { rows, cells, onlyShipped, onlyImported, tolerance } = differences;
  const differing = new Set(rows.map(({ country, variable }) => `${country} ${variable}`)).size;
  const head =
    `Beside the aggregates that ship: ${number(cells)} cells are in both, ${number(differing)} of them differ by more than ${tolerance}; ` +
    `${number(onlyImported)} are new, ${number(onlyShipped)} are not in this file.`;
  if (rows.length === 0) {
    return wrapped(head);
  }
  const countries = new Map<string, number>();
  for (const { country } of rows) {
    countries.set(country, (countries.get(country) ?? 0) + 1);
  }
  const most = [...countries.entries()].toSorted(([, a], [, b]) => b - a);
  return [
    wrapped(
      `${head} Countries with differing numbers: ${most.length} (most in ${most
        .slice(0, NAMED)
        .map(([country, count]) => `${country} ${number(count)}`)
        .join(', ')}). The largest of shares and of means (which are in codes), all in differences.csv:`,
    ),
    '',
    textTable(
      [
        ...['country', 'variable', 'number', 'weights'].map(left),
        ...['shipped', 'imported', 'difference'].map((title): TextColumn => ({ title, align: 'right' })),
        left('shipped from'),
      ],
      // A mean on ten codes moves by more than a share can.
      (['share', 'mean'] as const).flatMap((what) =>
        rows
          .filter((row) => row.what === what)
          .slice(0, NAMED)
          .map(line),
      ),
    ),
  ].join('\n');
}

function line(row: Difference): string[] {
  return [
    ...[row.country, row.variable, row.code === null ? row.what : `${row.what} of ${row.code}`],
    row.weighted ? 'weighted' : 'unweighted',
    ...[row.shipped, row.imported, size(row)].map((value) => formatNumber(value, 4)),
    row.source,
  ];
}

function left(title: string): TextColumn {
  return { title, align: 'left' };
}

function number(value: number): string {
  return value.toLocaleString('en');
}
