import { join } from 'node:path';
import { agreement } from '../analysis/agreement.js';
import { ownCountryRank } from '../analysis/own-country-rank.js';
import { references } from '../analysis/references/references.js';
import { loadMatrixBackend } from '../statistics/matrix-backend.js';
import { loadCategories } from '../survey/categories.js';
import { type HumanAnswers, loadHumanAnswers } from '../survey/human-answers.js';
import type { Country } from '../types.js';
import { findingsOf } from './findings.js';
import { scoreQuestionnaire } from './score-questionnaire.js';
import { readManifest, readReadings } from './store/index.js';
import type { Study } from './study.js';
import type { Questionnaire } from './study-prompts.js';
import type { Summary, SummaryRow } from './summary-record.js';
import { readVersions } from './versions.js';

/** Raise when a field of summary.json changes its name or meaning. */
export const SUMMARY_CONTRACT = 2;

const NOTES = [
  'r is Pearson correlation over items between mean scores of the model and of people, one for each country; means over countries are Fisher-z means.',
  'Beside every r stand references that are no models: above all "item means", which gives every country the mean of the other countries and knows no culture.',
  'Intervals allow for other items (whole batteries count as one; inside a category, single items of these batteries) and, from eight countries on, for other countries, taken as independent of each other. They do not allow for another training of the same recipe, other wordings, or the sampling of people.',
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
        const cells = scoreQuestionnaire(own, questionnaire, settings);
        const input = { model: name, cells, human, items, countries };
        const { meanPercentile, n, reason } = await ownCountryRank(input, { backend });
        rows.push({
          kind: 'model',
          name,
          meaning: null,
          seed: null,
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
  for (const reference of references({ human, items, countries, categories })) {
    rows.push({
      kind: 'reference',
      name: reference.agreement.model,
      meaning: reference.meaning,
      seed: reference.seed,
      template: null,
      format: null,
      provider: null,
      dtype: null,
      agreement: reference.agreement,
      ownCountry: null,
    });
  }
  return {
    contract: SUMMARY_CONTRACT,
    study: { id: study.id, title: study.title },
    settings,
    notes: NOTES,
    human: describeHuman(human, countries),
    rows,
    findings: findingsOf({ rows }),
    versions: readVersions(),
  };
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
