import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { projectPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import type { RecordedReading } from '../inference/replay.js';
import type { OrderJoin } from '../scoring/join-orders.js';
import type { Item, OptionOrder, PromptFormat, Reading, ReadingKind } from '../types.js';
import { recordedAsReadings } from './recorded/recorded-as-readings.js';
import { scoreQuestionnaire } from './score-questionnaire.js';
import {
  RECORDED_READINGS_FILE,
  type RecordedWay,
  readManifest,
  readReadings,
  readRecording,
} from './store/index.js';
import type { ScoredAnswers } from './summary/scored-answers.js';
import type { Survey } from './survey.js';

/** Which of a model's readings are wanted, and how they are joined. */
export interface AnswersChoice {
  readonly survey: Pick<Survey, 'items' | 'countries'>;
  /** Default: people-answer. */
  readonly template?: string;
  /** Default: plain. */
  readonly format?: PromptFormat;
  /** Default: letter. */
  readonly reading?: ReadingKind;
  /** Default: both. One alone carries the model's taste for a place. */
  readonly orders?: readonly OptionOrder[];
  /** Default: log-probabilities. */
  readonly join?: OrderJoin;
}

/** A model's answers, and the readings that they are made from. */
export interface LoadedAnswers extends ScoredAnswers {
  readonly readings: readonly Reading[];
}

/**
 * What a model answered when it was asked before: from the run or the recording in a folder. Runs no model.
 *
 * @param folder absolute or relative to the project, for example "data/readings/mini/mini-600k" or "data/runs/mine/my-model"
 * @throws InputError when there is no such folder, or nothing in it was asked in the chosen way
 */
export async function loadAnswers(folder: string, choice: AnswersChoice): Promise<LoadedAnswers> {
  const { survey, template = 'people-answer', format = 'plain', reading = 'letter' } = choice;
  const way = { template, format, readingKind: reading };
  const { model, recorded: chosen, complete } = await readFolder(folder, way);
  if (chosen.length === 0) {
    const { recorded } = await readFolder(folder, {});
    const ways = new Set(recorded.map((one) => `${one.template}, ${one.format}, ${one.readingKind}`));
    throw new InputError(
      `Loading the answers of ${model}: ${folder} has none for ${template}, ${format}, ${reading}. Expected one of: ` +
        `${[...ways].sort().join('; ')}. Choose one of these, or probe the model again.`,
    );
  }
  const { orders = ['given', 'reversed'], join: how = 'log-probabilities' } = choice;
  const readings = complete(chosen, survey.items);
  const cells = scoreQuestionnaire(readings, survey, { orders, join: how });
  return { model, template, format, reading, cells, readings };
}

/**
 * All readings of a run or a recording.
 *
 * @throws InputError as {@link loadAnswers} does
 */
export async function loadReadings(
  folder: string,
  { survey }: { readonly survey: Pick<Survey, 'items'> },
): Promise<{ readonly model: string; readonly readings: Reading[] }> {
  const { model, recorded, complete } = await readFolder(folder, {});
  return { model, readings: complete(recorded, survey.items) };
}

/** The readings as they are stored, and what makes them whole: only those that are wanted should be. */
interface StoredReadings {
  readonly model: string;
  readonly recorded: readonly RecordedReading[];
  readonly complete: (chosen: readonly RecordedReading[], items: readonly Item[]) => Reading[];
}

async function readFolder(folder: string, way: RecordedWay): Promise<StoredReadings> {
  const path = isAbsolute(folder) ? folder : projectPath(folder);
  if (!existsSync(path)) {
    throw new InputError(
      `Loading a model's readings: there is no folder ${folder}. Expected a run (data/runs/<study>/<model>) or a recording ` +
        '(data/readings/...). Make a run with npx culture-lens probe <model folder>.',
    );
  }
  if (!existsSync(join(path, RECORDED_READINGS_FILE))) {
    const model = readManifest(path).model.name;
    // Those of a run are whole.
    const recorded = (await readReadings(path)).filter((one) =>
      Object.entries(way).every(([field, value]) => one[field as keyof RecordedWay] === value),
    );
    return { model, recorded, complete: (chosen) => [...chosen] as Reading[] };
  }
  const { manifest, readings } = await readRecording(path, way);
  const { name: model } = manifest.model;
  const complete: StoredReadings['complete'] = (chosen, items) =>
    recordedAsReadings(model, chosen, new Map(items.map((item) => [item.variable, item])));
  return { model, recorded: readings, complete };
}
