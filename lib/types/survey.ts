/** A country or territory of the survey. */
export interface Country {
  /** ISO 3166-1 alpha-3 code (the survey's own `NIR` for Northern Ireland). */
  readonly iso3: string;
  readonly name: string;
  /** The name as it stands inside a sentence: "the Netherlands". */
  readonly promptName: string;
  /** The survey's numeric B_COUNTRY code. */
  readonly surveyCode: number;
  readonly continent: string;
  /** Inglehart-Welzel cultural zone. */
  readonly culturalZone: string;
  readonly western: boolean;
  /** One of the 55 countries analysed by default. */
  readonly inDefaultSet: boolean;
  readonly respondents: number;
  /** Year of fieldwork, null where the source does not tell. */
  readonly year: number | null;
}

/** One answer option of an item. */
export interface AnswerOption {
  /** The survey's code of this answer. */
  readonly code: number;
  readonly label: string;
  /** Oriented score in [-1, 1]; null for options without an order (nominal items). */
  readonly score: number | null;
  /** False for answers that people may volunteer (they count in people's means) but that are never offered. */
  readonly offered: boolean;
}

/** What an answer to an item tells about a person. */
export type Construct = 'value' | 'perception' | 'experience' | 'behaviour';

/** One survey question. */
export interface Item {
  /** The survey's variable name, "Q1" ... "Q259". */
  readonly variable: string;
  /** Category id, for example "religious". */
  readonly category: string;
  /** Items asked together under one stem: the unit of resampling. */
  readonly battery: string;
  readonly construct: Construct;
  /** Names the pole that scores +1. */
  readonly label: string;
  /** Wording of our own; addressed to the person asked. */
  readonly question: string;
  /** In the order offered. Empty only where the item cannot be asked. */
  readonly options: readonly AnswerOption[];
  /** Which end of the survey's codes means more of the label; null for nominal items. */
  readonly orientation: 'lower' | 'higher' | null;
  /** Special codes that are dropped before any share or mean. */
  readonly droppedCodes: readonly number[];
  readonly canMean: boolean;
  /** Why no mean makes sense; null when one does. */
  readonly whyNoMean: string | null;
  readonly canAsk: boolean;
  /** Why the item cannot be asked on its own; null when it can. */
  readonly whyNotAsked: string | null;
  readonly note: string | null;
}

/** A category of items (a section of the questionnaire) and the group that it belongs to. */
export interface Category {
  readonly id: string;
  readonly title: string;
  /** Group id; null for categories outside the groups. */
  readonly group: string | null;
}

/** How the people of one country answered one item. */
export interface HumanAnswer {
  readonly country: string;
  readonly variable: string;
  /** Mean score in [-1, 1]; null where the item cannot carry a mean. */
  readonly meanScore: number | null;
  /** Share of each valid code, summing to 1; null where only a mean is known. */
  readonly shares: readonly AnswerShare[] | null;
  /** Whether survey weights entered the mean score. */
  readonly weighted: boolean;
  /** Valid answers behind the cell; an upper bound where the source tells only shares, null where it does not tell. */
  readonly respondents: number | null;
  /** Where the aggregate comes from (see data/survey/README.md). */
  readonly source: string;
  /** What looks wrong about the cell in the survey itself; null where nothing does. */
  readonly suspect: string | null;
}

/** Share of the people who gave one answer. */
export interface AnswerShare {
  readonly code: number;
  readonly share: number;
}
