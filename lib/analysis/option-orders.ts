import { firstOptionBias } from '../scoring/first-option.js';
import { scoreCells } from '../scoring/join-orders.js';
import type { HumanAnswers } from '../survey/human-answers.js';
import type { Category, Country, Item, OptionOrder, Reading } from '../types.js';
import { agreement } from './agreement.js';
import type { Agreement, MeanAgreement } from './agreement-record.js';

/** What the order of the options does to a model's answers. */
export interface OptionOrderEffect {
  readonly model: string;
  /** Mean p̂ of the option shown first minus that of the option shown last; null without readings in both orders. */
  readonly firstMinusLast: number | null;
  /** Readings that this is a mean of. */
  readonly readings: number;
  /** Agreement with people by both orders joined (log-probabilities averaged). */
  readonly joined: Agreement;
  /** Mean r with people by the readings of one order alone, and by both joined. */
  readonly r: Readonly<Record<OptionOrder | 'joined', MeanAgreement>>;
}

/**
 * Reads the same answers three times: with the options as given, reversed, and both joined. Where the two orders disagree, an
 * r from one of them is about places in a list and not about answers.
 *
 * @param input.readings of one template, format and kind of reading
 * @throws InputError for readings of several models, templates, formats or kinds
 */
export function optionOrders(input: {
  readonly model: string;
  readonly readings: readonly Reading[];
  readonly human: HumanAnswers;
  readonly items: readonly Item[];
  readonly countries: readonly Country[];
  readonly categories: readonly Category[];
}): OptionOrderEffect {
  const { model, readings, items } = input;
  const byVariable = new Map(items.map((item) => [item.variable, item]));
  const agreementBy = (orders: readonly OptionOrder[]): Agreement =>
    agreement({ ...input, cells: scoreCells(readings, byVariable, { orders, join: 'log-probabilities' }) });
  const { excess: firstMinusLast, readings: counted } = firstOptionBias(readings);
  const joined = agreementBy(['given', 'reversed']);
  return {
    ...{ model, firstMinusLast, readings: counted, joined },
    r: {
      given: agreementBy(['given']).overall,
      reversed: agreementBy(['reversed']).overall,
      joined: joined.overall,
    },
  };
}
