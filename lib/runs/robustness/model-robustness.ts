import { isDeepStrictEqual } from 'node:util';
import { type ChangedChoice, oneChoiceChanged } from '../../analysis/robustness/one-choice-changed.js';
import type { AnswerChoice, PeopleSource, Specification } from '../../analysis/robustness/specification.js';
import {
  type SpecificationCurve,
  specificationCurve,
} from '../../analysis/robustness/specification-curve.js';
import { type WordingSpread, wordingSpread } from '../../analysis/robustness/wording-spread.js';
import { type FirstOptionBias, firstOptionBias } from '../../scoring/first-option.js';
import type { OrderJoin } from '../../scoring/join-orders.js';
import type { Category, Reading } from '../../types.js';
import type { Questionnaire } from '../study-prompts.js';
import { type AskedChoices, answerSources, curveGrid, wordings } from './answer-sources.js';
import { itemSources } from './people-sources.js';

/** How far what is said of one model hangs on choices that could have been made otherwise. */
export interface ModelRobustness {
  readonly model: string;
  readonly chosen: Specification;
  /**
   * Ways of asking and reading that findings are counted over, each with so many choices of people's cells, of countries and of
   * items.
   */
  readonly waysOfAsking: number;
  readonly dataChoices: number;
  /** Kinds of choices that these readings leave no room for, with what would have to be asked. */
  readonly notVaried: readonly string[];
  readonly findings: SpecificationCurve['findings'];
  readonly oneChoiceChanged: readonly ChangedChoice[];
  /** In the chosen template, format and reading. */
  readonly firstOption: FirstOptionBias;
  /** Over the wordings that name a country, in the chosen format and reading, both orders joined. */
  readonly wordings: WordingSpread;
}

/** What {@link modelRobustness} needs. */
export interface RobustnessRequest {
  readonly model: string;
  /** All readings of one model, of one run. */
  readonly readings: readonly Reading[];
  readonly questionnaire: Questionnaire;
  readonly asked: AskedChoices;
  /** How the two orders are joined in the chosen specification. */
  readonly join: OrderJoin;
  /** People's side of the chosen specification, then its other choices ({@link peopleSources}): the same for every model. */
  readonly people: readonly PeopleSource[];
  readonly categories: readonly Category[];
}

/** The robustness of one model, and every specification behind it; null where only the country-free wording was asked. */
export function modelRobustness(
  request: RobustnessRequest,
): { readonly robustness: ModelRobustness; readonly curve: SpecificationCurve } | null {
  const { model, readings, questionnaire, asked, people, categories } = request;
  const chosen = chosenSpecification(request);
  if (chosen === null) {
    return null;
  }
  const grid = curveGrid(questionnaire);
  // Ways in which nothing has a score are no ways to come to a number; the chosen one stays, to say so.
  const answers = answerSources(readings, questionnaire, { asked, grid }).filter(
    ({ choice, scores }) => scores.present.includes(1) || isChosen(choice, chosen),
  );
  const curve = specificationCurve({
    answers,
    people,
    items: itemSources(grid.items, categories),
    western: grid.countries.map(({ western }) => western),
    chosen,
  });
  const sameWay = (one: { format: string; readingKind: string }): boolean =>
    one.format === chosen.format && one.readingKind === chosen.readingKind;
  const ofWordings = answers.filter(({ choice }) => sameWay(choice) && choice.orders === chosen.orders);
  return {
    curve,
    robustness: {
      model,
      chosen,
      ...{ waysOfAsking: curve.waysOfAsking, dataChoices: curve.dataChoices },
      notVaried: notVaried(request),
      findings: curve.findings,
      oneChoiceChanged: oneChoiceChanged(curve.results, chosen),
      firstOption: firstOptionBias(
        readings.filter((reading) => sameWay(reading) && reading.template === chosen.template),
      ),
      wordings: wordingSpread(ofWordings.map(({ scores }) => scores)),
    },
  };
}

function isChosen(choice: AnswerChoice, chosen: Specification): boolean {
  const { template, format, readingKind, orders } = chosen;
  return isDeepStrictEqual(choice, { template, format, readingKind, orders });
}

function chosenSpecification({
  readings,
  questionnaire,
  asked,
  join,
  people,
}: RobustnessRequest): Specification | null {
  const [template] = wordings(questionnaire, asked);
  const [format] = asked.formats;
  const [order] = asked.orders;
  const [chosen] = people;
  if (template === undefined || format === undefined || order === undefined || chosen === undefined) {
    return null;
  }
  const hasLetters = readings.some(({ readingKind }) => readingKind === 'letter');
  return {
    ...{ template, format, readingKind: hasLetters ? 'letter' : 'answer-text' },
    orders: asked.orders.length > 1 ? `both, ${join}` : order,
    ...chosen.choice,
    items: 'all',
  };
}

function notVaried({ readings, questionnaire, asked }: RobustnessRequest): string[] {
  const kinds = new Set(readings.map(({ readingKind }) => readingKind));
  const lacking = [
    {
      is: wordings(questionnaire, asked).length < 2,
      text: 'wording (ask more templates that name a country)',
    },
    { is: asked.formats.length < 2, text: 'plain against chat template (ask both formats)' },
    { is: kinds.size < 2, text: 'letters against answer texts (ask both readings)' },
    { is: asked.orders.length < 2, text: 'option order (ask both orders)' },
  ];
  return lacking.filter(({ is }) => is).map(({ text }) => text);
}
