import { join } from 'node:path';
import { agreement } from '../analysis/agreement.js';
import type { Agreement } from '../analysis/agreement-record.js';
import { ITEM_MEANS, itemMeansBaseline } from '../analysis/item-means-baseline.js';
import { type OwnCountryRank, ownCountryRank } from '../analysis/own-country-rank.js';
import { type JoinSettings, scoreCells } from '../scoring/join-orders.js';
import { loadMatrixBackend } from '../statistics/matrix-backend.js';
import { loadCategories } from '../survey/categories.js';
import { type HumanAnswers, loadHumanAnswers } from '../survey/human-answers.js';
import type { CellScore, Country, PromptFormat, Reading } from '../types.js';
import { readManifest, readReadings } from './store/index.js';
import type { Study, StudySettings } from './study.js';
import type { Questionnaire } from './study-prompts.js';
import { readVersions } from './versions.js';

/** Raise when a field of summary.json changes its name or meaning. */
export const SUMMARY_CONTRACT = 1;

/** One line of the findings: a model asked in one way, or a reference that no model is needed for. */
export interface SummaryRow {
  readonly kind: 'model' | 'reference';
  readonly name: string;
  /** Template id; null for a reference. */
  readonly template: string | null;
  readonly format: PromptFormat | null;
  /** Provider that the model ran on; null for a reference. */
  readonly provider: string | null;
  /** Element type of the model's logits; null for a reference. */
  readonly dtype: string | null;
  readonly agreement: Agreement;
  /** How often a country's own people are the ones closest to the model's answers; null for a reference. */
  readonly ownCountry: Pick<OwnCountryRank, 'meanPercentile' | 'n' | 'reason' | 'backend'> | null;
}

/** The content of `summary.json`: what a study found, and every choice that it rests on. */
export interface Summary {
  readonly contract: number;
  readonly study: { readonly id: string; readonly title: string };
  readonly settings: StudySettings;
  /** What a reader must know before quoting a number. */
  readonly notes: readonly string[];
  readonly human: {
    readonly cells: number;
    readonly weightedCells: number;
    readonly unweightedCells: number;
    readonly suspectCells: number;
  };
  readonly rows: readonly SummaryRow[];
  readonly versions: Readonly<Record<string, string>>;
}

const NOTES = [
  'r is Pearson correlation over items between mean scores of the model and of people, one for each country; means over countries are Fisher-z means.',
  'Beside every r stands the reference "item means": it gives every country the mean of the other countries and knows no culture.',
  'Deviation r correlates deviations from the human item means over the countries of the study (a few countries make a poor reference): it sees culture and does not depend on orientation.',
  'Item wording, scores, country list, groups and prompt are choices of this project; the paper that it follows leaves them open.',
];

/** Reads all readings of a study and computes its findings. Needs no model. */
export async function summarise(parts: {
  readonly study: Study;
  readonly questionnaire: Questionnaire;
  readonly folder: string;
}): Promise<Summary> {
  const { study, questionnaire, folder } = parts;
  const { settings } = study;
  const { items, countries } = questionnaire;
  const human = loadHumanAnswers(items, { weights: settings.weights });
  const categories = loadCategories();
  const backend = await loadMatrixBackend();
  const rows: SummaryRow[] = [];
  for (const { name } of study.models) {
    const runFolder = join(folder, name);
    const { model } = readManifest(runFolder);
    const readings = await readReadings(runFolder);
    for (const format of settings.formats) {
      for (const template of settings.templates) {
        const own = readings.filter((reading) => reading.format === format && reading.template === template);
        const cells = cellsFor(own, questionnaire, settings);
        const input = { model: name, cells, human, items, countries };
        const { meanPercentile, n, reason } = await ownCountryRank(input, { backend });
        rows.push({
          kind: 'model',
          name,
          template,
          format,
          provider: model.provider,
          dtype: model.dtype,
          agreement: agreement({ ...input, categories }),
          ownCountry: { meanPercentile, n, reason, backend: backend.name },
        });
      }
    }
  }
  rows.push({
    kind: 'reference',
    name: ITEM_MEANS,
    template: null,
    format: null,
    provider: null,
    dtype: null,
    agreement: itemMeansBaseline({ human, items, countries, categories }),
    ownCountry: null,
  });
  return {
    contract: SUMMARY_CONTRACT,
    study: { id: study.id, title: study.title },
    settings,
    notes: NOTES,
    human: describeHuman(human, countries),
    rows,
    versions: readVersions(),
  };
}

function cellsFor(
  readings: readonly Reading[],
  questionnaire: Questionnaire,
  settings: Pick<StudySettings, 'orders' | 'join'>,
): CellScore[] {
  const items = new Map(questionnaire.items.map((item) => [item.variable, item]));
  const join: JoinSettings = { orders: settings.orders, join: settings.join };
  // An answer to the country-free wording is set against the people of every country.
  return scoreCells(readings, items, join).flatMap((cell) =>
    cell.country === null ? questionnaire.countries.map(({ iso3 }) => ({ ...cell, country: iso3 })) : [cell],
  );
}

function describeHuman(human: HumanAnswers, countries: readonly Country[]): Summary['human'] {
  const chosen = new Set(countries.map((country) => country.iso3));
  const cells = human.cells.filter((cell) => cell.meanScore !== null && chosen.has(cell.country));
  const weightedCells = cells.filter((cell) => cell.weighted).length;
  return {
    cells: cells.length,
    weightedCells,
    unweightedCells: cells.length - weightedCells,
    suspectCells: cells.filter((cell) => cell.suspect !== null).length,
  };
}
