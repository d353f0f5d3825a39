import { findTemplate } from '../../prompts/templates.js';
import { loadItems } from '../../survey/items.js';
import type { Country, Item, OptionOrder, Reading } from '../../types.js';
import { loadReadings } from '../load-answers.js';
import { humanSideOf, loadPeople, type People } from '../people.js';
import { loadQuestionnaire } from '../questionnaire.js';
import type { Questionnaire } from '../study-prompts.js';
import type { ChosenForModel } from './export-choices.js';
import type { StoredModel } from './stored-models.js';
import type { Way } from './way-columns.js';

/** The readings of one way of asking, and what was to be asked in it. */
export interface AskedWay {
  readonly way: Way;
  readonly items: readonly Item[];
  /** Those asked about, or, for the country-free wording, those that its answers stand beside. */
  readonly countries: readonly Country[];
  readonly countryNamed: boolean;
  readonly orders: readonly OptionOrder[];
  readonly readings: readonly Reading[];
}

/** All readings of one model with the people that they are set beside. */
export interface ModelReadings {
  readonly ways: readonly AskedWay[];
  readonly people: People;
  readonly readings: readonly Reading[];
}

/** Reads a model's readings, and the items, countries and people that belong to them. @throws InputError as `loadReadings` does */
export async function readingsOfModel(
  model: StoredModel,
  { choices, countries }: ChosenForModel,
): Promise<ModelReadings> {
  const side = humanSideOf(choices);
  const { readings } = await loadReadings(model.folder, {
    survey: { items: side?.own?.items ?? loadItems() },
  });
  const named = distinct(readings.flatMap(({ country }) => country ?? []));
  const questionnaire = loadQuestionnaire({
    items: model.asked?.items ?? distinct(readings.map(({ variable }) => variable)),
    countries: model.asked === null && named.length > 0 ? named : countries,
    human: choices.human,
  });
  return {
    ways: waysOf(model, readings).map((way) => askedWay(way, { model, readings, questionnaire })),
    people: loadPeople(questionnaire.items, choices, side),
    readings,
  };
}

/** A run was to ask everything in every way; of a recording only its readings tell what was asked. */
function waysOf({ name, asked }: StoredModel, readings: readonly Reading[]): Way[] {
  if (asked === null) {
    const met = new Map(
      readings.map(({ template, format, readingKind }) => [
        `${template} ${format} ${readingKind}`,
        { model: name, template, format, readingKind },
      ]),
    );
    return [...met.values()];
  }
  return asked.formats.flatMap((format) =>
    asked.templates.flatMap((template) =>
      asked.readingKinds.map((readingKind) => ({ model: name, template, format, readingKind })),
    ),
  );
}

function askedWay(
  way: Way,
  from: {
    readonly model: StoredModel;
    readonly readings: readonly Reading[];
    readonly questionnaire: Questionnaire;
  },
): AskedWay {
  const { items, countries, templates } = from.questionnaire;
  const readings = from.readings.filter(
    ({ template, format, readingKind }) =>
      template === way.template && format === way.format && readingKind === way.readingKind,
  );
  const countryNamed = findTemplate(templates, way.template).country !== 'none';
  const { asked } = from.model;
  if (asked !== null) {
    const { orders } = asked;
    return { way, items: items.filter(({ canAsk }) => canAsk), countries, countryNamed, orders, readings };
  }
  const variables = new Set(readings.map(({ variable }) => variable));
  const met = new Set(readings.map(({ country }) => country));
  return {
    way,
    items: items.filter(({ variable }) => variables.has(variable)),
    countries: countryNamed ? countries.filter(({ iso3 }) => met.has(iso3)) : countries,
    countryNamed,
    orders: distinct(readings.map(({ order }) => order)),
    readings,
  };
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
