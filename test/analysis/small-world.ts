import type { AgreementInput } from '../../lib/analysis/score-grid.js';
import type { HumanAnswers } from '../../lib/survey/human-answers.js';
import type { Category, CellScore, Country, Item } from '../../lib/types.js';

/** A table of mean scores: one row for each country, one column for each item; null where there is none. */
export type ScoreTable = readonly (readonly (number | null)[])[];

/** Countries AAA, BBB, ... of which those named are Western; AAA and BBB lie in Asia, the others in Europe. */
export function someCountries(count: number, western: readonly string[] = ['AAA']): Country[] {
  return Array.from({ length: count }, (_, place) => {
    const iso3 = String.fromCharCode(65 + place).repeat(3);
    return {
      iso3,
      name: iso3,
      promptName: iso3,
      surveyCode: place,
      continent: place < 2 ? 'Asia' : 'Europe',
      culturalZone: 'Confucian',
      western: western.includes(iso3),
      inDefaultSet: true,
      respondents: 1000,
      year: 2018,
    };
  });
}

/** Items Q1, Q2, ... The first `inFirst` belong to category "first", the others to "second". */
export function someItems(count: number, inFirst: number = count): Item[] {
  return Array.from({ length: count }, (_, place) => ({
    variable: `Q${place + 1}`,
    category: place < inFirst ? 'first' : 'second',
    battery: `Q${place + 1}`,
    construct: 'value',
    label: `Item ${place + 1}`,
    question: `Question ${place + 1}?`,
    options: [
      { code: 1, label: 'No', score: -1, offered: true },
      { code: 2, label: 'Yes', score: 1, offered: true },
    ],
    orientation: 'higher',
    droppedCodes: [],
    canMean: true,
    whyNoMean: null,
    canAsk: true,
    whyNotAsked: null,
    note: null,
  }));
}

export const CATEGORIES: readonly Category[] = [
  { id: 'first', title: 'First', group: 'a' },
  { id: 'second', title: 'Second', group: 'a' },
  { id: 'third', title: 'Third', group: 'b' },
];

/** Human answers that know nothing but mean scores. */
export function humanFrom(
  countries: readonly Country[],
  items: readonly Item[],
  table: ScoreTable,
): HumanAnswers {
  const cells = countries.flatMap((country, c) =>
    items.flatMap((item, i) => {
      const meanScore = table[c]?.[i] ?? null;
      return meanScore === null
        ? []
        : [
            {
              ...{ country: country.iso3, variable: item.variable, meanScore, shares: null, weighted: true },
              ...{ respondents: 1000, source: 'trend_mean', suspect: null },
            },
          ];
    }),
  );
  const find = (country: string, variable: string) =>
    cells.find((cell) => cell.country === country && cell.variable === variable) ?? null;
  return {
    weights: 'weighted',
    cells,
    read: { shareRows: 0, meanRows: cells.length, otherVariables: [] },
    answer: find,
    meanScore: (country, variable) => find(country, variable)?.meanScore ?? null,
  };
}

/** A model's cells; null becomes an unscored cell. */
export function cellsFrom(
  countries: readonly Country[],
  items: readonly Item[],
  table: ScoreTable,
): CellScore[] {
  return countries.flatMap((country, c) =>
    items.map((item, i) => {
      const meanScore = table[c]?.[i] ?? null;
      return {
        variable: item.variable,
        country: country.iso3,
        status: meanScore === null ? 'unscored' : 'scored',
        reason: meanScore === null ? 'two tokens' : null,
        probabilities: [],
        meanScore,
        optionMass: meanScore === null ? null : 0.5,
        orderGap: meanScore === null ? null : -0.2,
      };
    }),
  );
}

/** Everything that an agreement is computed from, out of two tables. */
export function worldOf(
  human: ScoreTable,
  model: ScoreTable,
  options: { readonly inFirst?: number; readonly western?: readonly string[] } = {},
): AgreementInput & { readonly categories: readonly Category[] } {
  const countries = someCountries(human.length, options.western);
  const items = someItems(human[0]?.length ?? 0, options.inFirst);
  return {
    model: 'sample',
    cells: cellsFrom(countries, items, model),
    human: humanFrom(countries, items, human),
    items,
    countries,
    categories: CATEGORIES,
  };
}
