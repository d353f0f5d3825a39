import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import type { HumanAnswers } from '../../survey/human-answers.js';
import type { Country, Item, PromptFormat } from '../../types.js';

/** What recipes of the mini models differ in. `null`: in nothing but the seed. */
export type MiniFactor = 'size' | 'coverage' | 'languages' | 'alignment' | 'synthetic' | 'null';

export const MINI_FACTORS: readonly MiniFactor[] = [
  'size',
  'coverage',
  'languages',
  'alignment',
  'synthetic',
  'null',
];

/** Why a country x item cell stands in no text: a whole country, a category of one country, or a random draw. */
export type HeldOutKind = 'country' | 'block' | 'cell';

/** How models are made, as far as the analyses need it. */
export interface MiniRecipe {
  readonly name: string;
  /** Name of its size. */
  readonly size: string;
  /** Parameters without the embedding. */
  readonly parameters: number;
  /** Seeds that it is to be trained with: 1 to this. */
  readonly seeds: number;
  readonly stages: readonly string[];
  /** Whether its last stage is in the form of instructions. */
  readonly tuned: boolean;
  /** Whose answers its text tells; `people` unless a stage tells something else. */
  readonly telling: string;
  /** Formats that it is asked in: plain, and in the factor of alignment chat as well. */
  readonly formats: readonly PromptFormat[];
  /** Languages that it reads, English first. */
  readonly languages: readonly string[];
}

/** One way of asking: prompt format and language of the wording. */
export interface AskedReadings {
  readonly format: PromptFormat;
  readonly language: string;
  /** Mean scores, countries x items. Missing where the country was not asked. */
  readonly scores: MaskedMatrix;
  /** Probability on the options before renormalising, of the same cells. */
  readonly optionMass: MaskedMatrix;
}

/** One training of a recipe and what it answers. */
export interface MiniTraining {
  readonly recipe: string;
  readonly seed: number;
  readonly readings: readonly AskedReadings[];
}

/** The mini models, their text and their answers. All matrices are countries x items in the order given here. */
export interface MiniWorld {
  readonly human: HumanAnswers;
  readonly countries: readonly Country[];
  /** Items that can be asked and carry a mean. */
  readonly items: readonly Item[];
  readonly recipes: readonly MiniRecipe[];
  /** Recipes that are compared, in the order that the factor is told in. */
  readonly factors: Readonly<Record<MiniFactor, readonly string[]>>;
  /** Language -> continents whose countries outside the West speak it; English is not among them. */
  readonly speakers: ReadonlyMap<string, readonly string[]>;
  /** Null for a cell that is in the text. */
  readonly heldOut: (country: string, variable: string) => HeldOutKind | null;
  /** Telling -> mean score of what the text says, in the cells that it tells. */
  readonly textImplied: ReadonlyMap<string, MaskedMatrix>;
  readonly trainings: readonly MiniTraining[];
}
