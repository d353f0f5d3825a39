import { type Asked, PLAIN } from '../figure-table.js';
import { seedContrast } from '../seed-contrast.js';
import type { FigureName, Measure } from '../seed-values.js';
import { type FactorInput, factorValues, recipeAt } from './factor-input.js';
import { type FactorTests, withHolm } from './factor-tests.js';

const OWN: Asked = { format: 'plain', language: 'own' };

/**
 * Deviation r loses by wrong levels that a model gives all these countries alike (deviations are from people's item means);
 * r within items does not, and leaves out how much a country differs over all items.
 */
const FIGURES: readonly FigureName[] = ['deviation r', 'r within items'];

const ofSpeakers = (asked: Asked, figure: FigureName): Measure => ({
  ...asked,
  figure,
  cells: 'speakers',
  with: 'people',
});
const MEASURES = FIGURES.flatMap((figure) => [OWN, PLAIN].map((asked) => ofSpeakers(asked, figure)));
const IN_ENGLISH = FIGURES.map((figure) => ofSpeakers(PLAIN, figure));

/**
 * Does text in a country's language help if it tells what its people say (local), or also if it only translates what the West
 * says? In the countries outside the West that speak a constructed language: each asked in its own language (all other
 * countries in English, so that the item means of the model are over the same countries), and in English, where an answer
 * learned in another language has to carry over.
 */
export function languagesAnswer(input: FactorInput): FactorTests {
  const { of, recipes } = factorValues(input, 'languages');
  const [one, local, translated] = [0, 1, 2].map((place) => recipeAt(recipes, place)) as [
    string,
    string,
    string,
  ];
  const between = (about: string, first: string, second: string, measure: Measure) =>
    seedContrast(about, of(first, measure), of(second, measure));
  return withHolm({
    arms: MEASURES.flatMap((measure) => recipes.map((recipe) => of(recipe, measure))),
    trends: [],
    contrasts: [
      ...MEASURES.map((measure) => between('own content', translated, local, measure)),
      ...IN_ENGLISH.flatMap((measure) => [
        between('local text added', one, local, measure),
        between('translated text added', one, translated, measure),
      ]),
    ],
  });
}
