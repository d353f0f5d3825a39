import type { PromptFormat } from '../../../types.js';
import { seedContrast } from '../seed-contrast.js';
import type { Measure, SeedValues } from '../seed-values.js';
import { type FactorInput, factorValues, recipeAt } from './factor-input.js';
import { type FactorTests, withHolm } from './factor-tests.js';

/** What instruction tuning changes: the form of the answer, or what it says. */
export interface AlignmentAnswer extends FactorTests {
  /** Deviation r against what each recipe's own text says: that tuning on other answers was learned at all. */
  readonly withOwnText: readonly SeedValues[];
  /** Option mass of every recipe whose last stage is in the form of instructions, all cells. */
  readonly tunedOptionMass: readonly SeedValues[];
}

const FORMATS: readonly PromptFormat[] = ['plain', 'chat'];

const mass = (format: PromptFormat): Measure => ({
  ...{ format, language: 'english', cells: 'all', with: 'people' },
  figure: 'option mass',
});
const deviationR = (format: PromptFormat): Measure => ({
  ...{ format, language: 'english', cells: 'seen', with: 'people' },
  figure: 'deviation r',
});

/**
 * Base, read on, tuned on answers of the wrong countries, and tuned. Reading on and tuning on wrong answers have as many
 * steps, so their difference is the format; tuning on wrong and on right answers has the same format, so their difference is
 * what the answers say.
 */
export function alignmentAnswer(input: FactorInput): AlignmentAnswer {
  const { of, recipes } = factorValues(input, 'alignment');
  const [continued, permuted, tuned] = [1, 2, 3].map((place) => recipeAt(recipes, place)) as [
    string,
    string,
    string,
  ];
  const measures = FORMATS.flatMap((format) => [mass(format), deviationR(format)]);
  const inAll = (measure: Measure): SeedValues[] => recipes.map((recipe) => of(recipe, measure));
  const withOwnText = inAll({ ...deviationR('plain'), with: 'text' });
  return {
    ...withHolm({
      arms: [...measures.flatMap(inAll), ...withOwnText],
      trends: [],
      contrasts: measures.flatMap((measure) => [
        seedContrast('format', of(continued, measure), of(permuted, measure)),
        seedContrast('values', of(permuted, measure), of(tuned, measure)),
      ]),
    }),
    withOwnText,
    tunedOptionMass: input.world.recipes
      .filter((recipe) => recipe.tuned)
      .flatMap(({ name, formats }) => formats.map((format) => of(name, mass(format)))),
  };
}
