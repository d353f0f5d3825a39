import { basename, dirname } from 'node:path';
import { type PairedModel, pairedComparison } from '../analysis/paired-comparison.js';
import type { PairedComparison } from '../analysis/paired-record.js';
import type { OrderJoin } from '../scoring/join-orders.js';
import { loadCategories } from '../survey/categories.js';
import type { PromptFormat, Reading, ReadingKind } from '../types.js';
import {
  countriesOf,
  type Run,
  requireAsked,
  requireComplete,
  requireSameQuestions,
  requireSameWording,
} from './comparable-runs.js';
import { humanSideOf, loadPeople } from './people.js';
import { loadQuestionnaire } from './questionnaire.js';
import { scoreQuestionnaire } from './score-questionnaire.js';
import { type Manifest, readManifest, readReadings } from './store/index.js';
import type { StudySettings } from './study.js';

/** Raise when a field of the comparison changes its name or meaning. */
export const COMPARISON_CONTRACT = 1;

/** Two runs to compare, and how their readings become scores. */
export interface RunComparisonRequest {
  /** Run folders, `data/runs/<study>/<model>`: complete, of the same questionnaire. */
  readonly first: string;
  readonly second: string;
  readonly template: string;
  readonly format: PromptFormat;
  /** What the scores are made from; option letters unless answer texts are named. */
  readonly reading?: ReadingKind;
  readonly join: OrderJoin;
  readonly weights: 'weighted' | 'unweighted';
  /** Folder of an imported human side; the aggregates that ship by default. */
  readonly human?: string | null;
  /** Default: keep. */
  readonly suspectCells?: StudySettings['suspectCells'];
}

/** A comparison of two runs, and the choices that it rests on. */
export interface RunComparison extends PairedComparison {
  readonly contract: number;
  readonly settings: Required<
    Pick<RunComparisonRequest, 'template' | 'format' | 'reading' | 'join' | 'weights' | 'suspectCells'>
  > & {
    /** The imported human side; null for the aggregates that ship. */
    readonly human: { readonly title: string; readonly sha256: string } | null;
    readonly orders: Manifest['settings']['orders'];
  };
}

/**
 * Compares two finished runs of the same questions. Needs no model.
 *
 * @throws InputError for a run that is not complete, and for runs that differ in items, countries, option orders or chat
 *   settings or lack the template, format or kind of reading: the differences are listed
 */
export async function compareRuns(request: RunComparisonRequest): Promise<RunComparison> {
  const {
    template,
    format,
    reading = 'letter',
    join,
    weights,
    human = null,
    suspectCells = 'keep',
  } = request;
  const side = humanSideOf({ human });
  const folders = [request.first, request.second] as const;
  const runs = folders.map((folder) => ({ folder, manifest: readManifest(folder) }));
  const [one, other] = runs as [Run, Run];
  for (const run of runs) {
    requireComplete(run);
    requireAsked(run, { template, format, reading });
  }
  requireSameQuestions(one, other, request);
  const { orders, items } = one.manifest.settings;
  const countries = countriesOf(one);
  // The country-free wording names no country: its answers are set against the people of every default country.
  const questionnaire = loadQuestionnaire({
    items,
    countries: countries.length === 0 ? 'default-55' : countries,
    human,
  });
  const readingsOf = async ({ folder }: Run): Promise<Reading[]> =>
    (await readReadings(folder)).filter(
      (stored) => stored.template === template && stored.format === format && stored.readingKind === reading,
    );
  const answers = { one: await readingsOf(one), other: await readingsOf(other) };
  requireSameWording(answers, format);
  const scored = (run: Run, own: readonly Reading[]): PairedModel => ({
    name: nameOf(run, runs),
    cells: scoreQuestionnaire(own, questionnaire, { orders, join }),
  });
  const comparison = pairedComparison({
    first: scored(one, answers.one),
    second: scored(other, answers.other),
    human: loadPeople(questionnaire.items, { weights, suspectCells }, side).human,
    items: questionnaire.items,
    countries: questionnaire.countries,
    categories: side?.own?.categories ?? loadCategories(),
  });
  return {
    contract: COMPARISON_CONTRACT,
    settings: {
      ...{ template, format, reading, join, weights, orders, suspectCells },
      human: side === null ? null : { title: side.record.title, sha256: side.sha256 },
    },
    ...comparison,
  };
}

/** The model's name; with its study where both runs are of models of one name. */
function nameOf({ folder, manifest }: Run, runs: readonly Run[]): string {
  const { name } = manifest.model;
  const alike = runs.every((run) => run.manifest.model.name === name);
  return alike ? `${basename(dirname(folder))}/${name}` : name;
}
