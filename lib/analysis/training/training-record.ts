import type { PromptFormat, ReadingKind } from '../../types.js';
import type { MeanInterval } from '../agreement-record.js';

/** What arms differ in: one of four factors of training, or, with the same model in all arms, the way of asking. */
export type TrainingFactor = 'size' | 'languages' | 'alignment' | 'synthetic text' | 'way of asking';

/**
 * What a contrast of two arms speaks about.
 *
 * `recipes`: both arms hold several trainings (seeds) of one recipe, and these are the unit. `these models`: each arm is
 * one given model, and items and countries are the unit; another training of the same recipe may come out otherwise.
 * `this model`: both arms are one model asked in two ways.
 */
export type Claim = 'recipes' | 'these models' | 'this model';

/** How the answers of an arm were asked for. */
export interface ArmWay {
  readonly template: string;
  readonly format: PromptFormat;
  readonly reading: ReadingKind;
}

/** The figures of one model on the cells that all models of the analysis answered. Plain means over countries. */
export interface TrainedModelFigures {
  readonly arm: string;
  readonly model: string;
  readonly figures: Readonly<Record<TrainingFigure, number | null>>;
}

/** What arms are compared in. */
export type TrainingFigure = 'r' | 'deviation r' | 'West minus others' | 'option mass';

/** One figure of two arms and how far they differ. */
export interface ArmDifference {
  readonly id: TrainingFigure;
  /** Mean over the models of each arm. */
  readonly first: number | null;
  readonly second: number | null;
  /** second - first. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  /** Over seeds by Welch's t; over items and countries by the jackknife of `pairedComparison`, whose words it is in. */
  readonly uncertainty: 'other-seeds' | MeanInterval['uncertainty'];
  /** Permutation of seeds, two-sided; null for a claim about given models. */
  readonly p: number | null;
  /** The same after Holm, over all contrasts of this figure in the analysis. */
  readonly adjustedP: number | null;
  /** The smallest p that so many seeds allow. */
  readonly smallestP: number | null;
  /** Seeds or batteries that the interval rests on; null without one. */
  readonly units: number | null;
  /** Cultural zones that count as one each in it; null where countries count one by one or not at all. */
  readonly zones: number | null;
  /** Why there is no difference, or no interval, or that some models have no value; null when nothing is missing. */
  readonly reason: string | null;
}

/** Two arms of an analysis side by side. */
export interface ArmContrast {
  readonly first: string;
  readonly second: string;
  /** Null where nothing can be claimed: one arm holds a single model and the other several. */
  readonly claim: Claim | null;
  readonly models: { readonly first: readonly string[]; readonly second: readonly string[] };
  readonly differences: readonly ArmDifference[];
}

/** How a figure changes with ten times the parameters. */
export interface SizeTrend {
  readonly id: TrainingFigure;
  /** Change for ten times the parameters, by a line through the means of the arms; null where undefined. */
  readonly slope: number | null;
  /** Null with fewer than three sizes, which any line fits. */
  readonly low: number | null;
  readonly high: number | null;
  readonly sizes: number;
  readonly models: number;
  readonly reason: string | null;
}

/** Cells of one model that the analysis leaves out because another model lacks them, or the model itself does. */
export interface DroppedCells {
  readonly model: string;
  /** Cells that people answered and this model did not. */
  readonly unscored: number;
  /** Cells that it answered and that are dropped because another model did not. */
  readonly forOthers: number;
}

/** One of the four analyses. */
export interface TrainingAnalysis {
  readonly factor: TrainingFactor;
  readonly question: string;
  /** Why a difference found here need not be the factor's doing. */
  readonly causalNote: string;
  readonly arms: readonly {
    readonly label: string;
    readonly parameters: number | null;
    readonly way: ArmWay;
  }[];
  readonly cells: {
    /** Cells that people and all models answered: everything is computed from these. */
    readonly common: number;
    /** Items and countries with at least one of them. */
    readonly items: number;
    readonly countries: number;
    readonly withoutHumanAnswer: number;
    readonly dropped: readonly DroppedCells[];
  };
  readonly byModel: readonly TrainedModelFigures[];
  /** Every arm against the first. */
  readonly contrasts: readonly ArmContrast[];
  /** Empty unless the factor is size. */
  readonly trends: readonly SizeTrend[];
}
