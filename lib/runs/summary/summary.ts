import { join } from 'node:path';
import type { SpecificationCurve } from '../../analysis/robustness/specification-curve.js';
import { samplingCeilings } from '../../analysis/sampling-ceiling.js';
import { loadMatrixBackend } from '../../statistics/matrix-backend.js';
import { loadCategories } from '../../survey/categories.js';
import type { HumanSide } from '../../survey/human-side.js';
import { humanSideOf, loadPeople, type People } from '../people.js';
import { countProgress, type ProgressListener } from '../progress.js';
import { compareWithRecording, type RecordingComparison } from '../recorded/compare-with-recording.js';
import { curveGrid } from '../robustness/answer-sources.js';
import { modelRobustness } from '../robustness/model-robustness.js';
import { peopleSources } from '../robustness/people-sources.js';
import { readManifest, readReadings } from '../store/index.js';
import type { Study } from '../study.js';
import type { Questionnaire } from '../study-prompts.js';
import { readVersions } from '../versions.js';
import { findingsOf } from './findings.js';
import { miniModels } from './mini-models.js';
import { type ScoredAnswers, scoredAnswers } from './scored-answers.js';
import { SUMMARY_CONTRACT, type Summary, type SummaryModel, type SummaryRow } from './summary-record.js';
import { modelRow, referenceRows } from './summary-rows.js';
import { trainingAnalyses } from './training-analyses.js';

const NOTES = [
  'r is Pearson correlation over items between mean scores of the model and of people, one for each country; means over countries are Fisher-z means.',
  'Beside every r stand references that are no models: above all "item means", which gives every country the mean of the other countries and knows no culture.',
  'Intervals allow for other items (whole batteries count as one; inside a category, single items of these batteries) and, from eight countries on, for other countries, a cultural zone counting as one where its countries are alike. They do not allow for another training of the same recipe, other wordings, or the sampling of people.',
  "Deviation r correlates the distances of people's and of the model's mean scores from people's item means over the countries of the study (a few countries make a poor reference). It does not depend on orientation; wrong levels that all countries share pull it towards 0.",
  'Item wording, scores, country list, groups and prompt are choices of this project; the paper that it follows leaves them open.',
];

/** A summary, and every specification that its robustness rests on, model by model. */
export interface SummaryOfStudy {
  readonly summary: Summary;
  readonly curves: readonly { readonly model: string; readonly curve: SpecificationCurve }[];
}

/**
 * Reads all readings of a study and computes its findings. Needs no model.
 *
 * @param parts.onProgress told of every model
 * @param parts.signal ends it after the model in work
 * @throws InputError for an analysis whose models cannot be compared; the signal's reason when it ends the work
 */
export async function summarise(parts: {
  readonly study: Study;
  readonly questionnaire: Questionnaire;
  readonly folder: string;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}): Promise<SummaryOfStudy> {
  const { study, questionnaire, folder, onProgress = () => {}, signal } = parts;
  const { settings } = study;
  const { items, countries } = questionnaire;
  const side = humanSideOf(settings);
  const loaded = loadPeople(items, settings, side);
  const { human } = loaded;
  const people = peopleSources(loaded, curveGrid(questionnaire));
  const categories = side?.own?.categories ?? loadCategories();
  const comparison = { questionnaire, human, categories, backend: await loadMatrixBackend() };
  const answers: ScoredAnswers[] = [];
  const rows: SummaryRow[] = [];
  const robust: Robust[] = [];
  const recordings: RecordingComparison[] = [];
  const models: SummaryModel[] = [];
  const work = { label: 'comparing with people: models', total: study.models.length, alreadyDone: 0 };
  const progress = countProgress(onProgress, work);
  for (const studied of study.models) {
    signal?.throwIfAborted();
    const { name } = studied;
    const runFolder = join(folder, name);
    const { model, origin } = readManifest(runFolder);
    models.push({ name, dtype: model.dtype, identity: model.identity, origin });
    const readings = await readReadings(runFolder);
    if ('compareWith' in studied && studied.compareWith !== undefined) {
      recordings.push(await compareWithRecording({ model: name, readings, recording: studied.compareWith }));
    }
    for (const answer of scoredAnswers(name, readings, questionnaire, settings)) {
      answers.push(answer);
      rows.push(await modelRow(answer, model, comparison));
    }
    const found = modelRobustness({
      ...{ model: name, readings, questionnaire, categories },
      ...{ asked: settings, join: settings.join, people },
    });
    robust.push(...(found === null ? [] : [found]));
    progress.advance(1);
  }
  rows.push(...referenceRows(comparison));
  const analyses = trainingAnalyses(study, answers, { human, items, countries });
  const robustness = robust.map((found) => found.robustness);
  return {
    summary: {
      contract: SUMMARY_CONTRACT,
      study: { id: study.id, title: study.title, note: study.note },
      settings,
      notes: NOTES,
      human: {
        side: side === null ? null : describeSide(side),
        ...describeHuman(loaded, questionnaire),
        ceilings: samplingCeilings({ human, items, countries }),
      },
      westernCountries: countries.filter(({ western }) => western).map(({ iso3 }) => iso3),
      models,
      miniModels: miniModels(study.models, new Map(models.map(({ name, identity }) => [name, identity]))),
      rows,
      analyses,
      robustness,
      recordings,
      findings: findingsOf({ rows, analyses, robustness, recordings }),
      versions: readVersions(),
    },
    curves: robust.map(({ robustness: { model }, curve }) => ({ model, curve })),
  };
}

type Robust = NonNullable<ReturnType<typeof modelRobustness>>;

/** What of a human side a result must name, so that it can be told from another. */
function describeSide({ record, sha256, own, countries }: HumanSide): NonNullable<Summary['human']['side']> {
  const { kind, title, source, weights, itemMap, settings, citation, terms } = record;
  return {
    ...{ kind, title, sha256, source, weights, itemMap, settings, citation, terms },
    categories: own?.categories.map(({ id, title: name }) => ({ id, title: name })) ?? null,
    countries: countries?.map(({ iso3, name }) => ({ iso3, name })) ?? null,
  };
}

function describeHuman(
  { human, allCells }: People,
  { countries }: Pick<Questionnaire, 'countries'>,
): Omit<Summary['human'], 'ceilings' | 'side'> {
  const chosen = new Set(countries.map((country) => country.iso3));
  const scored = ({ cells: all }: People['human']): People['human']['cells'] =>
    all.filter((cell) => cell.meanScore !== null && chosen.has(cell.country));
  const cells = scored(human);
  const weightedCells = cells.filter((cell) => cell.weighted).length;
  return {
    cells: cells.length,
    weightedCells,
    unweightedCells: cells.length - weightedCells,
    suspectCells: scored(allCells).filter((cell) => cell.suspect !== null).length,
  };
}
