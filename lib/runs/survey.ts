import { loadCategories } from '../survey/categories.js';
import { type HumanAnswers, loadHumanAnswers } from '../survey/human-answers.js';
import type { Weights } from '../survey/human-cell.js';
import type { Category } from '../types.js';
import { loadQuestionnaire } from './questionnaire.js';
import type { Questionnaire } from './study-prompts.js';

/** The survey as analyses take it: what was asked, where, and what people answered. */
export interface Survey extends Pick<Questionnaire, 'items' | 'countries'> {
  readonly categories: readonly Category[];
  readonly human: HumanAnswers;
}

/** The default items and countries with people's answers. */
export function loadSurvey({ weights = 'weighted' }: { readonly weights?: Weights } = {}): Survey {
  const { items, countries } = loadQuestionnaire({ items: 'wvs-209', countries: 'default-55' });
  return { items, countries, categories: loadCategories(), human: loadHumanAnswers(items, { weights }) };
}
