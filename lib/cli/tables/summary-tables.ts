import { ITEM_MEANS } from '../../analysis/references/item-means-reference.js';
import type { Summary } from '../../runs/summary/summary-record.js';
import { evidenceTable } from './evidence-table.js';
import { headlineIntervals, headlineTable } from './headline-table.js';
import { intervalNotes } from './interval-meaning.js';
import { partsTable } from './parts-table.js';
import { robustnessTables } from './robustness-tables.js';
import { formatNumber } from './text-table.js';
import { trainingTables } from './training-tables.js';

const FEW_ITEMS = 25;

/** The findings of a study as tables for a terminal, from the headline to what it rests on. */
export function summaryTables(summary: Summary): string {
  const { rows } = summary;
  // The other references have their place in the first table; here they would only make it too wide.
  const compared = rows.filter((row) => row.kind === 'model' || row.name === ITEM_MEANS);
  const sections = [
    {
      title: 'Agreement with people, with 95 % intervals',
      table: headlineTable(rows),
    },
    { title: 'What stands behind it, and what r does not see', table: evidenceTable(compared) },
    { title: 'r by continent', table: partsTable(compared, (row) => row.agreement.byContinent) },
    {
      title: 'r by category (items of the category only)',
      table: partsTable(compared, (row) => row.agreement.byCategory),
    },
    ...summary.analyses.map((analysis) => ({
      title: `${titleCase(analysis.factor)}: ${analysis.question}`,
      table: trainingTables(analysis),
    })),
    ...(summary.robustness.length === 0
      ? []
      : [{ title: 'How far the findings hold', table: robustnessTables(summary.robustness) }]),
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
      `cells have no human answer. ${ceilingNote(human.ceilings)} Not in r (summary.json says why): ${leftOut(rows)}.`,
    ...((rows[0]?.agreement.items.used ?? 0) < FEW_ITEMS
      ? [`r over fewer than ${FEW_ITEMS} items moves a lot with each of them: a look, not a finding.`]
      : []),
    "r: Pearson over items for each country, averaged over countries by Fisher's z.",
    ...intervalNotes(rows.flatMap((row) => headlineIntervals(row))),
    ...rows.flatMap(({ name, meaning }) =>
      meaning === null ? [] : [`"${name}" is no model: it ${meaning}.`],
    ),
    '"deviation r": the same, of what sets each country apart from the mean of all countries; 0 is no relation.',
    '"r within items": r across countries for each item, then the mean over items.',
    '"own country" is the share of other countries whose people are further from the model\'s answers than its own: .5 is chance.',
    '"beyond chance": mean r of a country\'s answers (their deviations from the item means) with its own people, less that with',
    'people of countries matched at random; "p": how often matching at random does as well, too small where neighbours are alike.',
    '"West minus others" is the difference of plain means of r: 0 where both are met equally well. Without culture it is that of',
    '"item means", which is not 0, because Western countries are further from the average one.',
    '"option mass": the share of the probability that lies on the options. "order gap": how far mean scores move when they are reversed.',
    '"cells": item x country; "unscored": those that the model did not answer. "concordance": Lin\'s, r lowered by every shift and squeeze.',
    '"slope", "offset", "mean error": people\'s score s becomes offset + slope x s at the model; both scores lie in [-1, 1].',
    'A dash is undefined; summary.json says why.',
  ].join('\n');
}

function leftOut(rows: Summary['rows']): string {
  const items = rows[0]?.agreement.items.leftOut ?? [];
  return items.length === 0 ? 'nothing' : items.map((item) => item.variable).join(', ');
}

/** What the sampling of people alone allows at most, for a simple random sample and for the largest design effect. */
function ceilingNote(ceilings: Summary['human']['ceilings']): string {
  const [simple, clustered] = [ceilings[0], ceilings.at(-1)];
  if (simple === undefined || clustered === undefined) {
    return '';
  }
  const three = ({ r, deviationR, withinItems }: typeof simple): string =>
    [r, deviationR, withinItems].map((value) => formatNumber(value, 3)).join(', ');
  return (
    `Sampling of people alone would keep r, deviation r and r within items below ${three(simple)} (${three(clustered)} at a design ` +
    `effect of ${clustered.designEffect}).`
  );
}

function titleCase(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
