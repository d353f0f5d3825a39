import type { Agreement } from '../../analysis/agreement-record.js';
import type { CountryLikeness } from '../../analysis/nearest-countries.js';
import type { OwnCountryRank } from '../../analysis/own-country-rank.js';
import type { SamplingCeiling } from '../../analysis/sampling-ceiling.js';
import type { CategoryScores } from '../../analysis/score-quantiles.js';
import type { TrainingAnalysis } from '../../analysis/training/training-record.js';
import type { HumanSideRecord } from '../../survey/human-side.js';
import type { ModelOrigin, PromptFormat, ReadingKind } from '../../types.js';
import type { RecordingComparison } from '../recorded/compare-with-recording.js';
import type { ModelRobustness } from '../robustness/model-robustness.js';
import type { StudySettings } from '../study.js';

/** Raise when summary.json or specifications.csv gets a field, or one changes its name or meaning: readers then need no exceptions. */
export const SUMMARY_CONTRACT = 7;

/** One line of the findings: a model asked in one way, or a reference that no model is needed for. */
export interface SummaryRow {
  readonly kind: 'model' | 'reference';
  readonly name: string;
  /** What a reference stands for, in words; null for a model. */
  readonly meaning: string | null;
  /** Of what a reference draws at random; null where nothing is drawn. */
  readonly seed: number | null;
  /** Template id; null for a reference. */
  readonly template: string | null;
  readonly format: PromptFormat | null;
  /** What scores are made from: option letters or answer texts; null for a reference. */
  readonly reading: ReadingKind | null;
  /** Provider that the model ran on; null for a reference. */
  readonly provider: string | null;
  /** Element type of the model's logits; null for a reference. */
  readonly dtype: string | null;
  readonly agreement: Agreement;
  /** How mean scores lie in each category, people's beside the model's; null for a reference and a country-free wording. */
  readonly scores: readonly CategoryScores[] | null;
  /** Whether a country's own people are close to the model's answers; null for a reference and a country-free wording. */
  readonly ownCountry: Pick<
    OwnCountryRank,
    'meanPercentile' | 'n' | 'reason' | 'permutation' | 'backend'
  > | null;
  /** For a country-free wording: all countries, those whose people are most like the answers first; else null. */
  readonly nearestCountries: readonly CountryLikeness[] | null;
}

/** An imported human side, as far as a result names it. */
export interface SummarySide
  extends Pick<
    HumanSideRecord,
    'kind' | 'title' | 'source' | 'weights' | 'itemMap' | 'settings' | 'citation' | 'terms'
  > {
  /** SHA-256 of its human.json, which holds those of its other files. */
  readonly sha256: string;
  /** Its own categories and list of countries; null where the project's are used. */
  readonly categories: readonly { readonly id: string; readonly title: string }[] | null;
  readonly countries: readonly { readonly iso3: string; readonly name: string }[] | null;
}

/** A model of a study by its files. */
export interface SummaryModel {
  readonly name: string;
  /** Element type of its logits, as its rows have it. */
  readonly dtype: string;
  /** SHA-256 over graph, weights, tokenizer, chat template and configuration. */
  readonly identity: string;
  /** The repository, server or log that it came from; null where only a folder or a recording was given. */
  readonly origin: ModelOrigin | null;
}

/** The content of `summary.json`: what a study found, and every choice that it rests on. */
export interface Summary {
  readonly contract: number;
  readonly study: { readonly id: string; readonly title: string; readonly note: string | null };
  readonly settings: StudySettings;
  /** What a reader must know before quoting a number. */
  readonly notes: readonly string[];
  readonly human: {
    /** The imported human side; null for the aggregates that ship. */
    readonly side: SummarySide | null;
    readonly cells: number;
    readonly weightedCells: number;
    readonly unweightedCells: number;
    /** Cells that look wrong in the survey itself; the setting says whether they count. */
    readonly suspectCells: number;
    /** How high r could be, people having been sampled. */
    readonly ceilings: readonly SamplingCeiling[];
  };
  /** ISO3 codes of the countries of the study that count as Western. */
  readonly westernCountries: readonly string[];
  /** The models that were asked, in the order of the study. */
  readonly models: readonly SummaryModel[];
  /** Names of the models that were trained on text made from this survey, and say nothing about real ones. */
  readonly miniModels: readonly string[];
  readonly rows: readonly SummaryRow[];
  /** The comparisons for a factor of training that the study asks for. */
  readonly analyses: readonly TrainingAnalysis[];
  /** For each model how much hangs on choices; models asked in the country-free wording alone have none. */
  readonly robustness: readonly ModelRobustness[];
  /** For each model that the study compares with a recording: how far its readings are from it. */
  readonly recordings: readonly RecordingComparison[];
  /** What was found, in sentences with their numbers. */
  readonly findings: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}
