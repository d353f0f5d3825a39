import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvText } from '../files/csv-text.js';
import { writeWhole } from '../files/write-whole.js';
import { type FileHasher, type RememberedHash, rememberingHasher } from './identity.js';
import { localModels } from './models/local-models.js';
import type { ModelSource } from './models/model-source.js';
import { studySource } from './models/study-source.js';
import { type ProbePlan, planProbe } from './plan/plan-probe.js';
import { probe } from './probe.js';
import type { ProgressListener } from './progress.js';
import { loadQuestionnaire } from './questionnaire.js';
import { SPECIFICATION_COLUMNS, specificationRows } from './robustness/specification-rows.js';
import type { Study } from './study.js';
import type { LocalModel } from './study-models.js';
import { studyPrompts } from './study-prompts.js';
import { estimatesOf } from './summary/estimates.js';
import { summarise } from './summary/summary.js';
import type { Summary } from './summary/summary-record.js';

/** What {@link runStudy} needs. */
export interface StudyRequest {
  readonly study: Study;
  /** Folder below which runs are written: `<runsFolder>/<study>/<model>/`. */
  readonly runsFolder: string;
  readonly onProgress: ProgressListener;
  /** Told once for each step, in plain words. */
  readonly onMessage: (line: string) => void;
  /** Ends the study after the work unit in flight, or after the model that is compared. */
  readonly signal: AbortSignal;
  /** The command that is running, as the lock file names it. */
  readonly command: string;
  /** Where summary.json goes; the study's own folder by default. */
  readonly summaryFolder?: string;
  /** How a model of the study is opened; {@link studySource} unless a test says otherwise. */
  readonly openSource?: (model: LocalModel, hasher: FileHasher) => ModelSource;
}

/** What a study gave. */
export interface StudyOutcome {
  readonly summary: Summary;
  /** Folder of the study. */
  readonly folder: string;
  readonly summaryPath: string;
  /** The same numbers, one to a line. */
  readonly estimatesPath: string;
  /** The figures under every combination of choices, one to a line. */
  readonly specificationsPath: string;
}

/**
 * The plan of every model's part of a study; puts no prompt of it to any model and writes no reading. To plan, models of the hub
 * are downloaded, models are opened and tested, and servers are connected to: only a run that has begun tells its plan by itself.
 *
 * @throws InputError when a model or the study cannot be used
 */
export async function planStudy(
  request: Pick<StudyRequest, 'study' | 'runsFolder' | 'onProgress' | 'onMessage' | 'openSource'>,
): Promise<ProbePlan[]> {
  const { study, runsFolder } = request;
  const hasher = hasherBeside(runsFolder);
  const questionnaire = loadQuestionnaire(study.settings);
  const plans: ProbePlan[] = [];
  for (const model of await localModels(study.models, request)) {
    const source = (request.openSource ?? studySource)(model, hasher);
    const folder = join(runsFolder, study.id, model.name);
    plans.push(await planProbe({ ...request, questionnaire, source, folder }));
  }
  return plans;
}

/**
 * Probes every model of a study, then summarises all readings into `summary.json`, `estimates.csv` and
 * `specifications.csv`.
 *
 * Models of the hub are fetched first. Then models are opened and checked one after the other; all sources are looked at first,
 * so that a wrong path in the last model is known before the first has run for an hour.
 *
 * @throws InputError when a model, the study or a run folder cannot be used; what was stored before stays
 * @throws FetchInterrupted when the signal ends the study while a model is fetched
 * @throws ProbeInterrupted when it does so while a model is asked; the signal's reason when all have been
 */
export async function runStudy(request: StudyRequest): Promise<StudyOutcome> {
  const { runsFolder } = request;
  const models = await localModels(request.study.models, request);
  const study = { ...request.study, models };
  const folder = join(runsFolder, study.id);
  const hasher = hasherBeside(runsFolder);
  const openSource = request.openSource ?? studySource;
  const sources = models.map((model) => openSource(model, hasher));
  const questionnaire = loadQuestionnaire(study.settings);
  for (const source of sources) {
    // One item and country are enough to meet a missing chat template or an unknown template before anything has run.
    const { items, countries, templates } = questionnaire;
    studyPrompts(
      study.settings,
      { items: items.slice(0, 1), countries: countries.slice(0, 1), templates },
      source,
    );
  }
  for (const source of sources) {
    const outcome = await probe({
      ...request,
      study,
      questionnaire,
      source,
      folder: join(folder, source.name),
    });
    const { prompts, readings, alreadyStored } = outcome;
    const made = `${readings - alreadyStored} ${readings === prompts ? 'prompts asked' : 'readings made'}`;
    request.onMessage(
      outcome.modelLoaded
        ? `${source.name}: ${made}, ${alreadyStored} were stored before.`
        : `${source.name}: all ${readings} readings were stored before; the model was not loaded.`,
    );
  }
  const { onProgress, signal } = request;
  const { summary, curves } = await summarise({ study, questionnaire, folder, onProgress, signal });
  const summaryFolder = request.summaryFolder ?? folder;
  const summaryPath = join(summaryFolder, 'summary.json');
  const estimatesPath = join(summaryFolder, 'estimates.csv');
  const specificationsPath = join(summaryFolder, 'specifications.csv');
  await writeWhole(summaryPath, `${JSON.stringify(summary, null, 2)}\n`);
  await writeWhole(estimatesPath, csvText(estimatesOf(summary)));
  const specifications = curves.flatMap(({ model, curve }) =>
    specificationRows(curve, { study: study.id, model }),
  );
  await writeWhole(specificationsPath, csvText(specifications, SPECIFICATION_COLUMNS));
  return { summary, folder, summaryPath, estimatesPath, specificationsPath };
}

/** Remembers file hashes beside the runs, so that a large model is read for its identity once and not at every start. */
function hasherBeside(runsFolder: string): FileHasher {
  const path = join(runsFolder, '.file-hashes.json');
  return rememberingHasher(new Map(Object.entries(readRemembered(path))), (all) =>
    writeWhole(path, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`),
  );
}

/** Only a memory: where it is missing or damaged, files are read again. */
function readRemembered(path: string): Record<string, RememberedHash> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, RememberedHash>;
  } catch {
    return {};
  }
}
