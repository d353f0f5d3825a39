import { InputError } from '../files/input-error.js';
import type { AnswerShare, CellScore, Item, OptionOrder, Reading } from '../types.js';
import { scoreOf } from './make-reading.js';
import { meanScore, renormalise } from './probabilities.js';

/**
 * How the two option orders become one answer.
 *
 * `log-probabilities` (the default) averages log p of each option and renormalises: a taste for the first place then
 * pulls both ways. With two options it cancels; with more, both end options keep half of it, so that it no longer has a
 * direction but still a size. `probabilities` averages p̂.
 */
export type OrderJoin = (typeof ORDER_JOINS)[number];

/** All ways to join, the default first. */
export const ORDER_JOINS = ['log-probabilities', 'probabilities'] as const;

/** Which readings belong together, and how they are joined. */
export interface JoinSettings {
  readonly orders: readonly OptionOrder[];
  readonly join: OrderJoin;
}

/**
 * Joins the readings of each item and country.
 *
 * All readings must be of one model, template, format and kind of reading. A cell is unscored, with the reason, when one of
 * its orders is missing or unscored: half an answer would carry that order's bias.
 *
 * @returns one row for each item and country met, in the order met
 * @throws InputError for readings of several models, templates, formats or kinds
 */
export function scoreCells(
  readings: readonly Reading[],
  items: ReadonlyMap<string, Item>,
  settings: JoinSettings,
): CellScore[] {
  requireOneWay(readings);
  const cells = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = `${reading.variable}|${reading.country ?? ''}`;
    const cell = cells.get(key);
    if (cell === undefined) {
      cells.set(key, [reading]);
    } else {
      cell.push(reading);
    }
  }
  return [...cells.values()].map((cell) => scoreCell(cell, items, settings));
}

/** What readings that are joined must have in common. */
const ALIKE = ['model', 'template', 'format', 'readingKind'] as const;

function requireOneWay(readings: readonly Reading[]): void {
  for (const field of ALIKE) {
    const values = [...new Set(readings.map((reading) => reading[field]))];
    if (values.length > 1) {
      throw new InputError(
        `Joining option orders: the readings differ in ${field} (${values.join(', ')}). Expected readings of one model, template, ` +
          'format and kind: filter them first.',
      );
    }
  }
}

function scoreCell(
  cell: readonly Reading[],
  items: ReadonlyMap<string, Item>,
  settings: JoinSettings,
): CellScore {
  const { variable = '', country = null } = cell[0] ?? {};
  const double = settings.orders.find(
    (order) => cell.filter((reading) => reading.order === order).length > 1,
  );
  if (double !== undefined) {
    throw new InputError(
      `Joining option orders: ${variable} for ${country ?? 'no country'} has several readings with the options ${double}. ` +
        'Expected readings of one model, template and format: filter them first.',
    );
  }
  const item = items.get(variable);
  const chosen = settings.orders.map((order) => cell.find((reading) => reading.order === order));
  const complete = chosen.filter((reading) => reading !== undefined);
  const bad = complete.find((reading) => reading.status === 'unscored');
  const missing = settings.orders.find((_, index) => chosen[index] === undefined);
  const reason =
    item === undefined
      ? 'the item is not in the item bank'
      : bad !== undefined
        ? (bad.reason ?? 'no reason recorded')
        : missing !== undefined
          ? `no reading with the options ${missing}`
          : null;
  if (reason !== null || item === undefined) {
    return {
      variable,
      country,
      status: 'unscored',
      reason,
      probabilities: [],
      meanScore: null,
      optionMass: null,
      orderGap: null,
    };
  }
  const probabilities = join(complete, settings.join);
  const scored = probabilities.map(({ code, share }) => ({ probability: share, score: scoreOf(item, code) }));
  const masses = complete.flatMap((reading) => reading.optionMass ?? []);
  return {
    variable,
    country,
    status: 'scored',
    reason: null,
    probabilities,
    meanScore: item.canMean ? meanScore(scored) : null,
    optionMass: masses.length === 0 ? null : masses.reduce((sum, mass) => sum + mass, 0) / masses.length,
    orderGap: item.canMean ? orderGap(complete, item) : null,
  };
}

function join(readings: readonly Reading[], how: OrderJoin): AnswerShare[] {
  const codes = [...(readings[0]?.optionCodes ?? [])].sort((a, b) => a - b);
  const average = (code: number, values: (reading: Reading) => readonly number[]): number => {
    const each = readings.map((reading) => values(reading)[reading.optionCodes.indexOf(code)] ?? Number.NaN);
    return each.reduce((sum, value) => sum + value, 0) / each.length;
  };
  const shares =
    how === 'probabilities'
      ? codes.map((code) => average(code, (reading) => reading.optionProbabilities))
      : renormalise(codes.map((code) => average(code, (reading) => reading.optionLogProbs)));
  return codes.map((code, index) => ({ code, share: shares[index] ?? Number.NaN }));
}

function orderGap(readings: readonly Reading[], item: Item): number | null {
  // From p̂ and the item as it is now: stored mean scores may be older than a corrected score.
  const scoreIn = (order: OptionOrder): number | null => {
    const reading = readings.find((one) => one.order === order);
    const options = reading?.optionCodes.map((code, place) => ({
      probability: reading.optionProbabilities[place] ?? Number.NaN,
      score: scoreOf(item, code),
    }));
    return options === undefined ? null : meanScore(options);
  };
  const given = scoreIn('given');
  const reversed = scoreIn('reversed');
  return given === null || reversed === null ? null : given - reversed;
}
