import type { MeanInterval } from '../analysis/agreement-record.js';
import { ITEM_MEANS } from '../analysis/references/item-means-reference.js';
import type { Summary, SummaryRow } from './summary-record.js';

/** Below this share of the probability on the options, a model is hardly answering the question. */
const LITTLE_MASS = 0.5;
/** A mean score that moves by more than this (of 2) with the option order says more about places than about values. */
const LARGE_GAP = 0.5;

/** What a study found, in sentences with their numbers; one paragraph for each model and way of asking. */
export function findingsOf({ rows }: Pick<Summary, 'rows'>): string[] {
  const means = rows.find(({ name }) => name === ITEM_MEANS);
  return rows
    .filter(({ kind }) => kind === 'model')
    .map((row) => {
      const { agreement } = row;
      const { overall } = agreement;
      const size = `${agreement.items.used} items and ${overall.n} countries`;
      const sentences =
        overall.mean === null
          ? [`r is undefined (${overall.reason}).`]
          : [
              `r = ${value(overall.mean, overall.interval)} over ${size}${besideItemMeans(overall.mean, means)}.`,
              culture(row),
              lean(row, means),
              caution(row),
            ];
      return `${nameOf(row)}: ${sentences.filter((sentence) => sentence !== '').join(' ')}`;
    });
}

function besideItemMeans(r: number, means: SummaryRow | undefined): string {
  const reference = means?.agreement.overall.mean ?? null;
  if (reference === null) {
    return '';
  }
  const way = r > reference ? 'above' : 'below';
  return `, ${way} the ${number(reference)} of a reference that knows no culture`;
}

function culture({ agreement: { deviation } }: SummaryRow): string {
  if (deviation.mean === null) {
    return `Deviation r is undefined (${deviation.reason}).`;
  }
  const figure = `deviation r = ${value(deviation.mean, deviation.interval)}`;
  switch (sideOf(deviation.interval)) {
    case 'above':
      return `It departs from the average country the way people do: ${figure}.`;
    case 'below':
      return `It departs from the average country against the way people do: ${figure}.`;
    case 'around':
      return `Whether it knows one country from another cannot be told: ${figure}.`;
    case 'unknown':
      return `On what sets countries apart: ${figure}, without an interval (${deviation.interval.reason}).`;
  }
}

function lean({ agreement: { westernLean } }: SummaryRow, means: SummaryRow | undefined): string {
  if (westernLean.lean === null) {
    return '';
  }
  const neutral = means?.agreement.westernLean.lean ?? null;
  const beside = neutral === null ? '' : `, where the reference has ${signed(neutral)}`;
  return `Its r in Western countries minus that in others is ${signed(westernLean.lean)}${bracket(westernLean.interval)}${beside}.`;
}

function caution({ agreement: { optionMass, orderGap } }: SummaryRow): string {
  const little = optionMass.mean !== null && optionMass.mean < LITTLE_MASS;
  const moves = orderGap.mean !== null && orderGap.mean > LARGE_GAP;
  return [
    little ? `Only ${number(optionMass.mean ?? 0)} of its probability lies on the options.` : '',
    moves ? `Its mean scores move by ${number(orderGap.mean ?? 0)} with the order of the options.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

type Side = 'above' | 'below' | 'around' | 'unknown';

/** Where an interval lies, seen from 0. */
function sideOf({ low, high }: MeanInterval): Side {
  if (low === null || high === null) {
    return 'unknown';
  }
  return low > 0 ? 'above' : high < 0 ? 'below' : 'around';
}

function value(estimate: number, interval: MeanInterval): string {
  return `${number(estimate)}${bracket(interval)}`;
}

function bracket({ low, high }: MeanInterval): string {
  return low === null || high === null ? '' : ` [${number(low)}, ${number(high)}]`;
}

function number(estimate: number): string {
  return estimate.toFixed(2).replace('-', '−');
}

function signed(estimate: number): string {
  return `${estimate > 0 ? '+' : ''}${number(estimate)}`;
}

function nameOf({ name, template, format }: SummaryRow): string {
  return `${name} (${template}, ${format})`;
}
