import { InputError } from '../../files/input-error.js';
import { pointFigures } from '../point-figures.js';
import { type FindingCurve, findingCurves } from './finding-curves.js';
import { itemMeansFigures } from './item-means-figures.js';
import {
  type AnswerSource,
  describeSpecification,
  type ItemSource,
  isSame,
  type PeopleSource,
  type Specification,
  type SpecificationResult,
} from './specification.js';

/** All ways to come to a number, and how far the findings of the chosen one hold in the others. */
export interface SpecificationCurve {
  /** The specification that the findings were told from. */
  readonly chosen: Specification;
  readonly results: readonly SpecificationResult[];
  /** Ways of asking and reading that findings are counted over ... */
  readonly waysOfAsking: number;
  /** ... each with so many choices of people's cells, of countries and of items. */
  readonly dataChoices: number;
  readonly findings: readonly FindingCurve[];
}

/** What specifications are made of: every answer source with every people source and every choice of items. */
export interface CurveInput {
  readonly answers: readonly AnswerSource[];
  readonly people: readonly PeopleSource[];
  readonly items: readonly ItemSource[];
  /** For each country whether it is Western. */
  readonly western: readonly boolean[];
  readonly chosen: Specification;
}

/**
 * Specification curve (Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4, 1208-1214): the figures under every
 * combination of defensible choices, and the share of these in which the sign of each finding is that of the chosen one.
 *
 * The specifications are no sample and share their data: the shares describe how much hangs on choices, and are no p-values.
 *
 * @throws InputError when the chosen specification is not among the combinations
 */
export function specificationCurve(input: CurveInput): SpecificationCurve {
  const { answers, people, items, western, chosen } = input;
  const results = answers.flatMap((answer) =>
    people.flatMap((side) =>
      items.flatMap((part): SpecificationResult[] => {
        const specification = { ...answer.choice, ...side.choice, items: part.choice };
        // What is only looked at is needed beside the chosen data alone.
        if (!answer.counted && !isOfChosenData(specification, chosen)) {
          return [];
        }
        const figures = pointFigures({
          people: side.scores,
          model: answer.scores,
          items: part.items,
          western,
        });
        const itemMeans = itemMeansFigures({ side, answers: answer.scores, part, western });
        return [{ specification, figures, itemMeans, counted: answer.counted }];
      }),
    ),
  );
  const reference = results.find(({ specification }) => isSame(specification, chosen));
  if (reference === undefined) {
    throw new InputError(
      `Drawing a specification curve: the chosen specification (${describeSpecification(chosen)}) is not among the ` +
        `${results.length} that the readings allow. Expected one of them: ask for the wording, format and orders that it names.`,
    );
  }
  const counted = results.filter((result) => result.counted);
  return {
    chosen,
    results,
    waysOfAsking: answers.filter((answer) => answer.counted).length,
    dataChoices: people.length * items.length,
    findings: findingCurves(counted, reference),
  };
}

function isOfChosenData(one: Specification, chosen: Specification): boolean {
  return (
    one.people === chosen.people &&
    one.weights === chosen.weights &&
    one.cells === chosen.cells &&
    one.countries === chosen.countries &&
    one.items === chosen.items
  );
}
