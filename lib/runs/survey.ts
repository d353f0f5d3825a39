import { loadCategories } from '../survey/categories.js';
import type { HumanAnswers } from '../survey/human-answers.js';
import type { Weights } from '../survey/human-cell.js';
import type { Category } from '../types.js';
import { humanSideOf, loadPeople } from './people.js';
import { loadQuestionnaire } from './questionnaire.js';
import type { Questionnaire } from './study-prompts.js';

/** The survey as analyses take it: what was asked, where, and what people answered. */
export interface Survey extends Pick<Questionnaire, 'items' | 'countries'> {
  readonly categories: readonly Category[];
  readonly human: HumanAnswers;
}

/**
 * The default items and countries with people's answers; those of a human side where one is named.
 *
 * @param options.human folder of an imported human side, absolute or relative to the project
 */
export function loadSurvey({
  weights = 'weighted',
  human = null,
}: {
  readonly weights?: Weights;
  readonly human?: string | null;
} = {}): Survey {
  const side = humanSideOf({ human });
  const { items, countries } = loadQuestionnaire({
    items: side !== null && side.own !== null ? 'own' : 'wvs-209',
    countries: side?.record.kind === 'tidy' ? 'own' : 'default-55',
    human,
  });
  return {
    ...{ items, countries },
    categories: side?.own?.categories ?? loadCategories(),
    human: loadPeople(items, { weights }, side).human,
  };
}
