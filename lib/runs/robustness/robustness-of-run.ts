import { existsSync } from 'node:fs';
import { isAbsolute, join as joinPath } from 'node:path';
import type { SpecificationCurve } from '../../analysis/robustness/specification-curve.js';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import type { OrderJoin } from '../../scoring/join-orders.js';
import { loadCategories } from '../../survey/categories.js';
import type { Weights } from '../../survey/human-cell.js';
import { loadItems } from '../../survey/items.js';
import type { Reading } from '../../types.js';
import { loadReadings } from '../load-answers.js';
import { humanSideOf, loadPeople } from '../people.js';
import { loadQuestionnaire } from '../questionnaire.js';
import { RECORDED_READINGS_FILE, readManifest } from '../store/index.js';
import type { StudySettings } from '../study.js';
import type { Questionnaire } from '../study-prompts.js';
import { type AskedChoices, curveGrid } from './answer-sources.js';
import { type ModelRobustness, modelRobustness } from './model-robustness.js';
import { peopleSources } from './people-sources.js';

/** A finished run or a recording, and the choices that its findings are told from. */
export interface RunRobustnessRequest {
  /** `data/runs/<study>/<model>` or a recording's; absolute or relative to the project. */
  readonly folder: string;
  /** Default: log-probabilities. */
  readonly join?: OrderJoin;
  /** Default: weighted. */
  readonly weights?: Weights;
  /** Folder of an imported human side. Default: the aggregates that ship. */
  readonly human?: string | null;
  /** Default: keep. */
  readonly suspectCells?: StudySettings['suspectCells'];
}

/**
 * How far what is said of a model hangs on choices, from a finished run or a recording. Needs no model.
 *
 * @throws InputError for a run that is not complete or was asked in the country-free wording alone
 */
export async function robustnessOfRun({
  folder,
  join = 'log-probabilities',
  weights = 'weighted',
  human = null,
  suspectCells = 'keep',
}: RunRobustnessRequest): Promise<{
  readonly robustness: ModelRobustness;
  readonly curve: SpecificationCurve;
}> {
  requireComplete(folder);
  const side = humanSideOf({ human });
  const { model, readings } = await loadReadings(folder, {
    survey: { items: side?.own?.items ?? loadItems() },
  });
  const questionnaire = questionnaireOf(readings, human);
  const people = loadPeople(questionnaire.items, { weights, suspectCells }, side);
  const asked = askedIn(readings, questionnaire);
  const found = modelRobustness({
    ...{ model, readings, questionnaire, asked, join },
    categories: side?.own?.categories ?? loadCategories(),
    people: peopleSources(people, curveGrid(questionnaire)),
  });
  if (found === null) {
    throw new InputError(
      `Looking at what a run hangs on: ${folder} was asked ${asked.templates.join(', ')} only. Expected a wording that names a ` +
        'country. Probe again with one.',
    );
  }
  return found;
}

/** A recording is complete by its nature. */
function requireComplete(folder: string): void {
  const path = isAbsolute(folder) ? folder : projectPath(folder);
  if (!existsSync(path) || existsSync(joinPath(path, RECORDED_READINGS_FILE))) {
    return;
  }
  const { status } = readManifest(path);
  if (status !== 'complete') {
    throw new InputError(
      `Looking at what a run hangs on: ${folder} is ${status}. Expected a complete run. Repeat the command that began it: it ` +
        'goes on from there.',
    );
  }
}

function questionnaireOf(readings: readonly Reading[], human: string | null): Questionnaire {
  const countries = [...new Set(readings.flatMap(({ country }) => country ?? []))];
  return loadQuestionnaire({
    items: [...new Set(readings.map(({ variable }) => variable))],
    countries: countries.length === 0 ? 'default-55' : countries,
    human,
  });
}

/** What was asked, in the order of the templates and of the settings, whatever the order of the readings. */
function askedIn(readings: readonly Reading[], { templates }: Questionnaire): AskedChoices {
  const met = <Field extends 'template' | 'format' | 'order'>(
    field: Field,
    all: readonly Reading[Field][],
  ): Reading[Field][] => all.filter((one) => readings.some((reading) => reading[field] === one));
  return {
    templates: met(
      'template',
      templates.templates.map(({ id }) => id),
    ),
    formats: met('format', ['plain', 'chat']),
    orders: met('order', ['given', 'reversed']),
  };
}
