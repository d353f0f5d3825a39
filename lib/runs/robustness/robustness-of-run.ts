import { InputError } from '../../files/input-error.js';
import type { OrderJoin } from '../../scoring/join-orders.js';
import { loadCategories } from '../../survey/categories.js';
import { loadHumanAnswers } from '../../survey/human-answers.js';
import type { Weights } from '../../survey/human-cell.js';
import { loadQuestionnaire } from '../questionnaire.js';
import { readManifest, readReadings } from '../store/index.js';
import { curveGrid } from './answer-sources.js';
import { type ModelRobustness, modelRobustness } from './model-robustness.js';
import { peopleSources } from './people-sources.js';

/** A finished run, and the choices that its findings are told from. */
export interface RunRobustnessRequest {
  /** Run folder, `data/runs/<study>/<model>`. */
  readonly folder: string;
  readonly join: OrderJoin;
  readonly weights: Weights;
}

/**
 * How far what is said of a finished run hangs on choices. Needs no model.
 *
 * @throws InputError for a run that is not complete or was asked in the country-free wording alone
 */
export async function robustnessOfRun({
  folder,
  join,
  weights,
}: RunRobustnessRequest): Promise<ModelRobustness> {
  const { status, settings, model } = readManifest(folder);
  if (status !== 'complete') {
    throw new InputError(
      `Looking at what a run hangs on: ${folder} is ${status}. Expected a complete run. Repeat the command that began it: it ` +
        'goes on from there.',
    );
  }
  const countries = settings.countries.filter((country) => country !== null);
  const questionnaire = loadQuestionnaire({
    items: settings.items,
    countries: countries.length === 0 ? 'default-55' : countries,
  });
  const sides: readonly Weights[] = [weights, weights === 'weighted' ? 'unweighted' : 'weighted'];
  const human = sides.map((side) => loadHumanAnswers(questionnaire.items, { weights: side }));
  const found = modelRobustness({
    ...{ model: model.name, questionnaire, asked: settings, join, categories: loadCategories() },
    readings: await readReadings(folder),
    people: peopleSources(human, curveGrid(questionnaire)),
  });
  if (found === null) {
    throw new InputError(
      `Looking at what a run hangs on: ${folder} was asked ${settings.templates.join(', ')} only. Expected a wording that names a ` +
        'country. Probe again with one.',
    );
  }
  return found.robustness;
}
