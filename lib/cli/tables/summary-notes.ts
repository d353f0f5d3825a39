import type { Summary } from '../../runs/summary/summary-record.js';
import { headlineIntervals } from './headline-table.js';
import { intervalNotes } from './interval-meaning.js';
import { MINI_NOT_REAL } from './mini-world/not-real.js';
import { formatNumber } from './text-table.js';

const FEW_ITEMS = 25;

/** What a reader of the tables of a study has to know, a paragraph each. */
export function summaryNotes(summary: Summary): string[] {
  const { note } = summary.study;
  return [
    ...(note === null ? miniNote(summary) : [note, '']),
    peopleNote(summary),
    ...fewItemsNote(summary),
    ...columnNotes(summary),
  ];
}

/** A warning where mini models are asked and the study itself says nothing; else nothing. */
function miniNote({ miniModels }: Summary): string[] {
  return miniModels.length === 0 ? [] : [`Mini models: ${miniModels.join(', ')}. ${MINI_NOT_REAL}`, ''];
}

/** What the tables rest on at the side of people. */
export function peopleNote({ human, rows, settings }: Summary): string {
  const { side } = human;
  return (
    `People${side === null ? '' : ` of ${side.title} (${side.source.file}, SHA-256 ${side.source.sha256.slice(0, 12)})`}: ${human.cells} cells, ${human.weightedCells} weighted, ${human.unweightedCells} unweighted, ` +
    `${human.suspectCells} that look wrong in the survey itself (${settings.suspectCells === 'leave-out' ? 'left out' : 'kept'}); ${rows[0]?.agreement.cells.withoutHumanAnswer ?? 0} ` +
    `cells have no human answer. Not in r (summary.json says why): ${leftOut(rows)}. ${ceilingNote(human.ceilings)}`
  );
}

/** A warning where r rests on few items; else nothing. */
export function fewItemsNote({ rows }: Summary): string[] {
  return (rows[0]?.agreement.items.used ?? 0) < FEW_ITEMS
    ? [`r over fewer than ${FEW_ITEMS} items moves a lot with each of them: a look, not a finding.`]
    : [];
}

/** What the columns of the tables mean, and how to read their intervals. */
export function columnNotes({ rows, westernCountries }: Summary): string[] {
  return [
    "r: Pearson over items for each country. r and deviation r are averaged over countries by Fisher's z; all other columns, and every " +
      'difference of two models, are plain means.',
    ...intervalNotes(rows.flatMap((row) => headlineIntervals(row))),
    'By continent and category, intervals are not adjusted for the number of rows and columns; continents with fewer than eight ' +
      'countries speak about these countries only, categories about other items of these batteries, items counted one by one.',
    ...rows.flatMap(({ name, meaning }) =>
      meaning === null ? [] : [`"${name}" is no model: it ${meaning}.`],
    ),
    "\"deviation r\": of people's and the model's distances from people's item means. 0 is no relation; wrong levels that all countries " +
      'share pull it towards 0, so for the order of countries see "r within items": r across countries for each item.',
    '"own country": mean share of the other countries whose people are further from the answers than the country\'s own people; .5 is ' +
      'chance. "beyond chance": mean r of a country\'s answers (their distances from the item means) with its own people, less that with ' +
      'people of countries matched at random.',
    `"West minus others": plain mean r of ${westernCountries.join(', ')} minus that of the others. It has no single neutral value: 0 where ` +
      'both are met equally well, that of "item means" without culture. For a model of low r it says nothing about a lean.',
    '"option mass": the share of the probability that lies on the options; "order gap": how far mean scores move when they are reversed; ' +
      'both over all cells asked, whether people answered or not. "cells": item x country, behind r; "unscored": those that the model did ' +
      'not answer.',
    '"concordance": Lin\'s, r lowered by every shift and squeeze. "slope", "offset": people\'s score s becomes offset + slope x s at the ' +
      'model. "mean error": mean absolute difference of scores, from 0 to 2.',
    'A dash is undefined or does not apply; summary.json gives the reasons.',
  ];
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
    `Sampling of people alone would give r, deviation r and r within items a ceiling of ${three(simple)} (${three(clustered)} at a ` +
    `design effect of ${clustered.designEffect}; variances of ${simple.imputedCells} cells are estimated from other countries).`
  );
}
