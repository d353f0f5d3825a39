import type { MeanInterval } from '../../analysis/agreement-record.js';
import type { SummaryRow } from './summary-record.js';

/** One number of a study with everything that is needed to read it alone: a line of `estimates.csv`. */
export interface EstimateRow {
  readonly study: string;
  readonly kind: SummaryRow['kind'] | 'contrast';
  readonly model: string;
  readonly template: string | null;
  readonly format: string | null;
  readonly reading: string | null;
  /** What is estimated: "r", "deviation r", "r of category", "r of country" ... */
  readonly figure: string;
  /** Id of the country, category, continent ... that it is about; "all" otherwise. */
  readonly part: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number | null;
  readonly uncertainty: MeanInterval['uncertainty'] | 'other-seeds' | 'other-sizes';
  /** What the interval takes as independent, and how many of them. */
  readonly unit: MeanInterval['unit'] | 'seed' | 'size' | null;
  readonly units: number | null;
  /** Cultural zones that count as one each in the variance between countries; null where countries count one by one. */
  readonly zones: number | null;
  /** Of a permutation: of countries, or of seeds and then adjusted by Holm; null where there is none. */
  readonly p: number | null;
  readonly items: number;
  readonly countries: number;
  /** Cells of the figure without a score of the model. */
  readonly unscored: number;
  readonly without_human_answer: number;
  /** Why a number is missing. */
  readonly reason: string | null;
  readonly orders: string;
  readonly join: string;
  readonly weights: string;
  /** Of what is drawn at random, by references and in permutations of countries. */
  readonly seed: number | null;
}
