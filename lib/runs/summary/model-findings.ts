import type { MeanInterval, MeanOfCells } from '../../analysis/agreement-record.js';
import { ITEM_MEANS } from '../../analysis/references/item-means-reference.js';
import { number, signed } from './numbers.js';
import { nameOfRow } from './row-name.js';
import type { SummaryRow } from './summary-record.js';

/** Below this share of the probability on the options, a model is hardly answering the question. */
const LITTLE_MASS = 0.5;
/** A mean score that moves by more than this (of 2) with the option order says more about places than about values. */
const LARGE_GAP = 0.5;
/** Countries that are named as the closest. */
const NAMED = 3;

/** What was found of each model and way of asking: one paragraph each. @param means the row of the item means */
export function modelFindings(rows: readonly SummaryRow[], means: SummaryRow | undefined): string[] {
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
              `r = ${value(overall.mean, overall.interval)} over ${size}${besideItemMeans(means)}.`,
              culture(row),
              lean(row, means),
              nearest(row),
              caution(row),
            ];
      return `${nameOfRow(row)}: ${sentences.filter((sentence) => sentence !== '').join(' ')}`;
    });
}

function besideItemMeans(means: SummaryRow | undefined): string {
  const reference = means?.agreement.overall.mean ?? null;
  if (reference === null) {
    return '';
  }
  return `; "${ITEM_MEANS}", which knows no culture, has ${number(reference)}`;
}

/** Whether countries are put in people's order; deviation r stands beside it, because wrong levels lower it as well. */
function culture({ agreement: { deviation, withinItems }, nearestCountries }: SummaryRow): string {
  if (nearestCountries !== null) {
    return '';
  }
  const { plainMean, interval } = withinItems;
  if (plainMean === null) {
    return `Whether it puts countries in people's order cannot be told (${withinItems.reason}).`;
  }
  const figure = `r within items = ${value(plainMean, interval)}`;
  const beside =
    deviation.mean === null ? '' : `; deviation r = ${value(deviation.mean, deviation.interval)}`;
  switch (sideOf(interval)) {
    case 'above':
      return `On an item it puts countries in people's order better than chance: ${figure}${beside}.`;
    case 'below':
      return `On an item it puts countries in an order against people's: ${figure}${beside}.`;
    case 'around':
      return `On an item it puts countries in no order that is clearly people's: ${figure}, an interval that holds 0${beside}.`;
    case 'unknown':
      return `On the order of countries on an item: ${figure}, without an interval (${interval.reason})${beside}.`;
  }
}

function nearest({ nearestCountries, agreement }: SummaryRow): string {
  const closest = (nearestCountries ?? []).slice(0, NAMED).filter(({ partialR }) => (partialR ?? 0) > 0);
  // Where a model hardly answers, or agrees with nobody, who comes first is chance.
  return closest.length === 0 || isHardlyAnswering(agreement) || !isAbove(agreement.overall.interval)
    ? ''
    : `Asked without a country, its answers have the highest partial r, given the item means, with ${closest.map(({ id, partialR }) => `${id} (${number(partialR ?? 0)})`).join(', ')}, without an interval${lowestOf(nearestCountries)}.`;
}

/** The other end of the list: where it is as far from 0, the first places may be chance. */
function lowestOf(nearestCountries: SummaryRow['nearestCountries']): string {
  const last = nearestCountries?.findLast(({ partialR }) => partialR !== null);
  return last === undefined ? '' : `; the lowest is that with ${last.id} (${number(last.partialR ?? 0)})`;
}

function lean({ agreement: { westernLean, overall } }: SummaryRow, means: SummaryRow | undefined): string {
  // Where r may be 0 everywhere, its difference between countries says nothing about a lean.
  if (westernLean.lean === null || !isAbove(overall.interval)) {
    return '';
  }
  const neutral = means?.agreement.westernLean.lean ?? null;
  const beside = neutral === null ? '' : `; that of "${ITEM_MEANS}" is ${signed(neutral)}`;
  return `Its r in Western countries minus that in others is ${signed(westernLean.lean)}${bracket(westernLean.interval)}${beside}.`;
}

function caution({ agreement: { optionMass, orderGap, cells } }: SummaryRow): string {
  return [
    cells.unscored === 0
      ? ''
      : `${cells.unscored} of ${cells.used + cells.unscored} cells have no score and are left out.`,
    isLittle(optionMass)
      ? `Only ${number(optionMass.mean ?? 0)} of its probability lies on the options.`
      : '',
    isLarge(orderGap)
      ? `Its mean scores move by ${number(orderGap.mean ?? 0)} with the order of the options.`
      : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function isHardlyAnswering({ optionMass, orderGap }: SummaryRow['agreement']): boolean {
  return isLittle(optionMass) || isLarge(orderGap);
}

function isLittle({ mean }: MeanOfCells): boolean {
  return mean !== null && mean < LITTLE_MASS;
}

function isLarge({ mean }: MeanOfCells): boolean {
  return mean !== null && mean > LARGE_GAP;
}

/** Whether an interval lies above 0; a figure without one is taken as it is. */
function isAbove({ low }: MeanInterval): boolean {
  return low === null || low > 0;
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
