import { type Asked, PLAIN } from '../figure-table.js';
import { seedContrast } from '../seed-contrast.js';
import type { Measure } from '../seed-values.js';
import { type FactorInput, factorValues, recipeAt } from './factor-input.js';
import { type FactorTests, withHolm } from './factor-tests.js';

const OWN: Asked = { format: 'plain', language: 'own' };

const ofSpeakers = (asked: Asked): Measure => ({
  ...asked,
  figure: 'deviation r',
  cells: 'speakers',
  with: 'people',
});

/**
 * Does text in a country's language help if it tells what its people say (local), or also if it only translates what the West
 * says? In the countries outside the West that speak a constructed language; asked in English, and beside it each in its own
 * language (all other countries in English, so that the item means of the model are over the same countries).
 */
export function languagesAnswer(input: FactorInput): FactorTests {
  const { of, recipes } = factorValues(input, 'languages');
  const [one, local, translated] = [0, 1, 2].map((place) => recipeAt(recipes, place)) as [
    string,
    string,
    string,
  ];
  const between = (about: string, first: string, second: string, asked: Asked = PLAIN) =>
    seedContrast(about, of(first, ofSpeakers(asked)), of(second, ofSpeakers(asked)));
  return withHolm({
    arms: [PLAIN, OWN].flatMap((asked) => recipes.map((recipe) => of(recipe, ofSpeakers(asked)))),
    trends: [],
    contrasts: [
      between('own content', translated, local),
      between('own content, asked in own language', translated, local, OWN),
      between('local text added', one, local),
      between('translated text added', one, translated),
    ],
  });
}
