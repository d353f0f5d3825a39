import type { MeanInterval } from './agreement-record.js';

/** What became of the cells of two models that are compared. */
export interface PairedCells {
  /** Cells that people and both models answered: everything is computed from these. */
  readonly common: number;
  /** Dropped: only the first model has a score. */
  readonly onlyFirst: number;
  /** Dropped: only the second model has a score. */
  readonly onlySecond: number;
  /** Dropped: neither model has a score. */
  readonly neither: number;
  /** Dropped: the survey has no mean score. */
  readonly withoutHumanAnswer: number;
}

/** One figure of both models on the same cells, and how they differ. */
export interface PairedEstimate {
  /** `r`, `deviation r`, `West minus others`, `option mass`, or the id of a category whose r it is. */
  readonly id: string;
  /** Plain mean over countries; null where undefined. */
  readonly first: number | null;
  readonly second: number | null;
  /** second - first. */
  readonly difference: number | null;
  /** Of the difference. */
  readonly interval: MeanInterval;
  readonly items: number;
  /** Countries averaged. */
  readonly countries: number;
  readonly reason: string | null;
}

/**
 * Two models on the same cells.
 *
 * The intervals are about these two given models. Two trainings of one recipe are two models and differ too: a claim about
 * recipes takes several seeds of each as its unit.
 */
export interface PairedComparison {
  readonly first: string;
  readonly second: string;
  readonly claim: 'these two models';
  readonly cells: PairedCells;
  readonly estimates: readonly PairedEstimate[];
  /** r over the items of each category. */
  readonly byCategory: readonly PairedEstimate[];
}
