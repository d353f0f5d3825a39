import { InputError } from '../files/input-error.js';
import { loadTemplates } from '../prompts/templates.js';
import { loadCountries } from '../survey/countries.js';
import { selectCountries } from '../survey/country-selection.js';
import { selectItems } from '../survey/item-sets.js';
import { findItem, loadItems } from '../survey/items.js';
import type { Item } from '../types.js';
import type { StudySettings } from './study.js';
import type { Questionnaire } from './study-prompts.js';

/** Reads the item bank, the countries and the templates, and chooses what a study asks. */
export function loadQuestionnaire(settings: Pick<StudySettings, 'items' | 'countries'>): Questionnaire {
  return {
    items: chooseItems(loadItems(), settings.items),
    countries: selectCountries(loadCountries(), countrySelection(settings.countries)),
    templates: loadTemplates(),
  };
}

function chooseItems(bank: readonly Item[], choice: StudySettings['items']): Item[] {
  if (typeof choice === 'string') {
    return selectItems(bank, choice);
  }
  const chosen = choice.map((variable) => findItem(bank, variable));
  const twice = choice.find((variable, place) => choice.indexOf(variable) !== place);
  if (twice !== undefined) {
    throw new InputError(
      `Selecting items: "${twice}" is listed twice. Expected each variable once. Remove one.`,
    );
  }
  // In the order of the bank, so that the same items in another order are the same questionnaire.
  return bank.filter((item) => chosen.includes(item));
}

function countrySelection(choice: StudySettings['countries']): 'default-55' | 'all-66' | readonly string[] {
  if (typeof choice !== 'string') {
    return choice;
  }
  if (choice !== 'default-55' && choice !== 'all-66') {
    throw new InputError(
      `Selecting countries: there is no set "${choice}". Expected default-55, all-66, or a list of ISO3 codes.`,
    );
  }
  return choice;
}
