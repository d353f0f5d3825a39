import type { AnswerSource, OrderChoice, ReadingChoice } from '../../analysis/robustness/specification.js';
import type { JoinSettings } from '../../scoring/join-orders.js';
import { perToken } from '../../scoring/per-token.js';
import { type MaskedMatrix, maskedMatrix } from '../../statistics/masked-matrix.js';
import type {
  CellScore,
  Country,
  Item,
  OptionOrder,
  PromptFormat,
  Reading,
  ReadingKind,
} from '../../types.js';
import { scoreQuestionnaire } from '../score-questionnaire.js';
import type { Questionnaire } from '../study-prompts.js';

/** What a run asked, as far as the same question can be answered in several ways. */
export interface AskedChoices {
  readonly templates: readonly string[];
  readonly formats: readonly PromptFormat[];
  readonly orders: readonly OptionOrder[];
}

/** The countries and items (those that r runs over) of a curve: its rows and columns. */
export interface CurveGrid {
  readonly countries: readonly Country[];
  readonly items: readonly Item[];
}

/** Everything that a questionnaire asks and that carries a mean. */
export function curveGrid({ countries, items }: Pick<Questionnaire, 'countries' | 'items'>): CurveGrid {
  return { countries, items: items.filter(({ canAsk, canMean }) => canAsk && canMean) };
}

/**
 * Every way in which the readings of one model can be turned into mean scores. The country-free wording is left out: it is
 * another question, not another way to ask the same.
 */
export function answerSources(
  readings: readonly Reading[],
  questionnaire: Questionnaire,
  { asked, grid }: { readonly asked: AskedChoices; readonly grid: CurveGrid },
): AnswerSource[] {
  return wordings(questionnaire, asked).flatMap((template) =>
    asked.formats.flatMap((format) => {
      const own = readings.filter((reading) => reading.template === template && reading.format === format);
      return readingChoices(own).flatMap(({ readingKind, chosen }) =>
        orderChoices(asked.orders).map(
          ({ orders, settings, counted }): AnswerSource => ({
            choice: { template, format, readingKind, orders },
            counted,
            scores: scoreMatrix(scoreQuestionnaire(chosen, questionnaire, settings), grid),
          }),
        ),
      );
    }),
  );
}

interface ChosenReadings {
  readonly readingKind: ReadingChoice;
  readonly chosen: readonly Reading[];
}

function readingChoices(readings: readonly Reading[]): ChosenReadings[] {
  const of = (kind: ReadingKind): Reading[] => readings.filter(({ readingKind }) => readingKind === kind);
  const texts = of('answer-text');
  const choices: ChosenReadings[] = [
    { readingKind: 'letter', chosen: of('letter') },
    { readingKind: 'answer-text', chosen: texts },
    { readingKind: 'answer-text, per token', chosen: perToken(texts) },
  ];
  return choices.filter(({ chosen }) => chosen.length > 0);
}

/** The templates asked that name a country. */
export function wordings({ templates: book }: Questionnaire, { templates }: AskedChoices): string[] {
  const free = book.templates.filter(({ country }) => country === 'none').map(({ id }) => id);
  return templates.filter((id) => !free.includes(id));
}

interface JoinedOrders {
  readonly orders: OrderChoice;
  readonly settings: JoinSettings;
  readonly counted: boolean;
}

function orderChoices(asked: readonly OptionOrder[]): JoinedOrders[] {
  const alone = asked.map(
    (order): JoinedOrders => ({
      orders: order,
      settings: { orders: [order], join: 'log-probabilities' },
      counted: asked.length === 1,
    }),
  );
  const joins = ['log-probabilities', 'probabilities'] as const;
  const both = joins.map(
    (join): JoinedOrders => ({
      orders: `both, ${join}`,
      settings: { orders: asked, join },
      counted: true,
    }),
  );
  return asked.length > 1 ? [...both, ...alone] : alone;
}

function scoreMatrix(cells: readonly CellScore[], { countries, items }: CurveGrid): MaskedMatrix {
  const scores = new Map(cells.map((cell) => [`${cell.country} ${cell.variable}`, cell.meanScore]));
  return maskedMatrix(
    countries.map(({ iso3 }) => items.map(({ variable }) => scores.get(`${iso3} ${variable}`) ?? null)),
  );
}
