/**
 * The record that `agreement` returns: plain data that can be written as JSON. Every figure carries the counts behind it,
 * and null always stands beside a reason.
 */

/** Where the cells behind a figure went: expected = used + unscored + withoutHumanAnswer. */
export interface CellCount {
  /** Countries x items that the figure is about. */
  readonly expected: number;
  /** Cells that entered. */
  readonly used: number;
  /** Cells left out because the model has no score although people answered. */
  readonly unscored: number;
  /** Cells left out because the survey has no mean score, whatever the model says. */
  readonly withoutHumanAnswer: number;
}

/** What became of the cells that the model was to answer. */
export interface ModelCells {
  readonly expected: number;
  readonly scored: number;
  readonly unscored: number;
  /** Most frequent first. */
  readonly unscoredByReason: readonly { readonly reason: string; readonly cells: number }[];
  /** Cells given for items, countries or wordings that this agreement is not about; not counted above. */
  readonly outside: number;
}

/** One r with the cells behind it. */
export interface UnitCorrelation {
  /** ISO3 code or variable, whichever r is of. */
  readonly id: string;
  readonly r: number | null;
  /** Pairs of mean scores behind r. */
  readonly n: number;
  readonly reason: string | null;
  readonly cells: CellCount;
}

/** An interval around a mean of r, and which uncertainty it shows. */
export interface MeanInterval {
  /** Null without an interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** Share of such intervals that are meant to hold the true value. */
  readonly level: number;
  /**
   * `other-items`: the same countries answering other items like these. `other-items-and-countries`: other countries too.
   * Two trainings of one recipe, other wordings and the sampling of people are in neither. Null without an interval.
   */
  readonly uncertainty: 'other-items' | 'other-items-and-countries' | null;
  /**
   * What is taken as independent: batteries, whose items hang together, or single items (inside a category, which has too
   * few batteries to speak about others: the interval is then about these batteries only).
   */
  readonly unit: 'battery' | 'item';
  /** Units that the interval rests on. */
  readonly units: number;
  /**
   * Cultural zones that the variance between countries rests on, each counting as one because its countries are alike; null
   * where countries count one by one, and where they are taken as given.
   */
  readonly zones: number | null;
  /** Why countries are taken as given; null where they are not, and without an interval. */
  readonly whyCountriesFixed: string | null;
  /** Why there is no interval; null when there is one. */
  readonly reason: string | null;
}

/** A mean of r over countries (or items). */
export interface MeanAgreement {
  /** Fisher-z mean, |r| capped at .999; null when no r is defined. */
  readonly mean: number | null;
  readonly plainMean: number | null;
  /** Of `mean`; for r within items of `plainMean`. */
  readonly interval: MeanInterval;
  /** How many r were capped. */
  readonly capped: number;
  /** How many r were averaged. */
  readonly n: number;
  /** How many r are undefined. */
  readonly undefinedCount: number;
  readonly reason: string | null;
  readonly cells: CellCount;
}

/** A mean of r for one category, group, continent or zone, with the r behind it. */
export interface PartAgreement extends MeanAgreement {
  readonly id: string;
  readonly items: number;
  readonly countries: readonly UnitCorrelation[];
}

/** A mean of numbers that some cells lack. */
export interface MeanOfCells {
  readonly mean: number | null;
  /** Cells averaged. */
  readonly n: number;
  /** Cells without the number. */
  readonly missing: number;
  readonly reason: string | null;
}

/** Standard deviation of mean scores across countries, averaged over items, on the cells that both sides have. */
export interface SpreadAcrossCountries {
  readonly model: number | null;
  readonly human: number | null;
  readonly items: number;
  readonly reason: string | null;
  readonly cells: CellCount;
}

/** Plain mean over countries of something computed over the items of each. */
export interface MeanOfCountries {
  readonly mean: number | null;
  /** Countries averaged. */
  readonly n: number;
  /** Countries in which it is undefined. */
  readonly undefinedCount: number;
  readonly reason: string | null;
}

/** What r does not see: order alone, and how far apart the scores of model and people lie. Means over countries. */
export interface LevelAgreement {
  /** Spearman's rank correlation over items. */
  readonly spearman: MeanOfCountries;
  /** Lin's concordance: r, lowered by every difference in level or spread. */
  readonly concordance: MeanOfCountries;
  /** Of the line model = offset + slope x people: below 1, the model's scores are squeezed together. */
  readonly slope: MeanOfCountries;
  /** Of the same line: the model's score where people are neutral. */
  readonly offset: MeanOfCountries;
  /** Mean over items of the absolute difference of mean scores, from 0 to 2. */
  readonly meanAbsoluteError: MeanOfCountries;
}

/** Plain mean of r over Western countries minus that over the others. 0 is not its neutral value: see the baseline. */
export interface WesternLean {
  readonly lean: number | null;
  readonly interval: MeanInterval;
  readonly western: MeanAgreement;
  readonly others: MeanAgreement;
  readonly reason: string | null;
}

/** An item that is left out of every r. */
export interface LeftOutItem {
  readonly variable: string;
  readonly reason: string;
}

/**
 * Which human item means deviations are taken from.
 *
 * `other-countries` keeps a country's own answers out of its reference. Both sides then share that reference, which holds
 * a trace of the own answers turned round: a model that answers every country alike gets a deviation r above 0, the more
 * so the closer it comes to the item means. `all-countries` is free of that: such a model averages about 0.
 */
export type DeviationReference = 'other-countries' | 'all-countries';

/** How a model agrees with people. */
export interface Agreement {
  readonly model: string;
  readonly weights: 'weighted' | 'unweighted';
  readonly countries: number;
  readonly items: {
    readonly given: number;
    /** Items that r runs over: they can be asked and carry a mean. */
    readonly used: number;
    readonly leftOut: readonly LeftOutItem[];
  };
  readonly modelCells: ModelCells;
  readonly cells: CellCount;
  /** r over items, one for each country. */
  readonly byCountry: readonly UnitCorrelation[];
  readonly overall: MeanAgreement;
  readonly byContinent: readonly PartAgreement[];
  readonly byCulturalZone: readonly PartAgreement[];
  readonly byCategory: readonly PartAgreement[];
  readonly byGroup: readonly PartAgreement[];
  readonly deviationReference: DeviationReference;
  /** Deviation r, one for each country, and its mean. */
  readonly deviationByCountry: readonly UnitCorrelation[];
  readonly deviation: MeanAgreement;
  /** r across countries, one for each item, and its mean. */
  readonly byItem: readonly UnitCorrelation[];
  readonly withinItems: MeanAgreement;
  readonly level: LevelAgreement;
  readonly spread: SpreadAcrossCountries;
  readonly westernLean: WesternLean;
  /** Mean option mass of the scored cells. */
  readonly optionMass: MeanOfCells;
  /** Mean absolute difference of mean scores between the two option orders, over the scored cells. */
  readonly orderGap: MeanOfCells;
}
