import type { OrderJoin } from '../../scoring/join-orders.js';
import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import type { CellChoice } from '../../survey/cell-choice.js';
import type { Weights } from '../../survey/human-cell.js';
import type { PromptFormat, ReadingKind } from '../../types.js';
import type { PointFigures } from '../point-figures.js';

/** What a score is made from: option letters, or answer texts by the sum or the mean over their tokens. */
export type ReadingChoice = ReadingKind | 'answer-text, per token';

/** How a model's answers were asked for and read. */
export interface AnswerChoice {
  readonly template: string;
  readonly format: PromptFormat;
  readonly readingKind: ReadingChoice;
  /** Which option orders count, and how two are joined. */
  readonly orders: OrderChoice;
}

/**
 * `both ...`: joined by the mean of log-probabilities or of p̂; else one order alone, which carries the model's taste for a place
 * and is looked at, not counted, where both were asked.
 */
export type OrderChoice = `both, ${OrderJoin}` | 'given' | 'reversed';

/** Whose figures are averaged: `all` countries that were asked, or those of them in the default set. */
export type CountryChoice = 'all' | 'default-55';

/** What the answers are compared with. */
export interface PeopleChoice {
  /** Which survey: `shipped`, or the title of an imported human side. */
  readonly people: string;
  readonly weights: Weights;
  readonly cells: CellChoice;
  readonly countries: CountryChoice;
}

/** `all`; `values only`, a narrower question; or `without <category>`. */
export type ItemChoice = 'all' | 'values only' | `without ${string}`;

/** One defensible way to come from answers to a number. */
export interface Specification extends AnswerChoice, PeopleChoice {
  readonly items: ItemChoice;
}

/** Mean scores (countries x items) under one choice. */
export interface AnswerSource {
  readonly choice: AnswerChoice;
  /** False for a way that is shown for comparison and is known to mislead. */
  readonly counted: boolean;
  readonly scores: MaskedMatrix;
}

/** People's mean scores, and for each country the mean of the others, under one choice. */
export interface PeopleSource {
  readonly choice: PeopleChoice;
  /** Without the countries that the choice leaves out, which then are in no figure and in no item mean. */
  readonly scores: MaskedMatrix;
  readonly itemMeans: MaskedMatrix;
}

/** Marks the items of one choice. */
export interface ItemSource {
  readonly choice: ItemChoice;
  readonly items: readonly boolean[];
}

/** The figures of one specification, and those of item means on the same cells. */
export interface SpecificationResult {
  readonly specification: Specification;
  readonly figures: PointFigures;
  readonly itemMeans: Pick<PointFigures, 'r' | 'lean'>;
  /** Whether it is one of the defensible ways that findings are counted over. */
  readonly counted: boolean;
}

/** What a specification says, in one line. */
export function describeSpecification(specification: Specification): string {
  const { template, format, readingKind, orders, people, weights, cells, countries, items } = specification;
  return [
    template,
    format,
    readingKind,
    orders,
    `items: ${items}`,
    `people: ${people === 'shipped' ? '' : `${people}, `}${weights}, ${cells} cells`,
    ...(countries === 'default-55' ? [`countries: ${countries}`] : []),
  ].join('; ');
}

/** Whether two specifications make the same choices. */
export function isSame(one: Specification, other: Specification): boolean {
  return describeSpecification(one) === describeSpecification(other);
}
