import { InputError } from '../files/input-error.js';
import { loadTemplates } from '../prompts/templates.js';
import { loadCountries } from '../survey/countries.js';
import { selectCountries } from '../survey/country-selection.js';
import type { HumanSide } from '../survey/human-side.js';
import { selectItems } from '../survey/item-sets.js';
import { findItem, loadItems } from '../survey/items.js';
import type { Country, Item } from '../types.js';
import { humanSideOf } from './people.js';
import type { StudySettings } from './study.js';
import type { Questionnaire } from './study-prompts.js';

/** Reads the item bank, the countries and the templates, and chooses what a study asks. */
export function loadQuestionnaire(
  settings: Pick<StudySettings, 'items' | 'countries'> & Partial<Pick<StudySettings, 'human'>>,
): Questionnaire {
  const side = humanSideOf(settings);
  return {
    items: chooseItems(settings.items, side),
    countries: chooseCountries(settings.countries, side),
    templates: loadTemplates(),
  };
}

function chooseItems(choice: StudySettings['items'], side: HumanSide | null): Item[] {
  if (choice === 'own') {
    return ownItems(side);
  }
  const bank = side?.own?.items ?? loadItems();
  if (typeof choice === 'string') {
    if (side !== null && side.own !== null) {
      throw new InputError(
        `Selecting items: "${choice}" is a set of the project's items, and ${side.folder} has items of its own. ` +
          'Expected "own" for all of them, or a list of their variables.',
      );
    }
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

function ownItems(side: HumanSide | null): Item[] {
  if (side === null || side.own === null) {
    throw new InputError(
      `Selecting items: "own" is asked for, and ${side === null ? 'no human side is named' : `${side.folder} has no items of its own`}. ` +
        'Expected a human side that was imported with --items. Name an item set, or import one.',
    );
  }
  return [...side.own.items];
}

function chooseCountries(choice: StudySettings['countries'], side: HumanSide | null): Country[] {
  const shipped = loadCountries();
  if (choice === 'default-55' || choice === 'all-66') {
    return selectCountries(shipped, choice);
  }
  if (typeof choice !== 'string') {
    return selectCountries(side?.countries ?? shipped, choice);
  }
  if (choice !== 'own') {
    throw new InputError(
      `Selecting countries: there is no set "${choice}". Expected default-55, all-66, own, or a list of ISO3 codes.`,
    );
  }
  if (side === null) {
    throw new InputError(
      'Selecting countries: "own" is asked for, and no human side is named. Expected one, whose countries are then taken. ' +
        'Name a human side, or another set.',
    );
  }
  return selectCountries(side.countries ?? shipped, side.record.countries);
}
