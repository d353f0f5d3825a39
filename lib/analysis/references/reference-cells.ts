import type { HumanAnswers } from '../../survey/human-answers.js';
import type { CellScore, Country, Item } from '../../types.js';

/** What references are computed from: people alone. */
export interface ReferenceInput {
  readonly human: HumanAnswers;
  readonly items: readonly Item[];
  readonly countries: readonly Country[];
}

/** People's mean scores: `rows[c][i]` is country c, item i; null where the survey has none. */
export type HumanScores = readonly (readonly { readonly human: number | null }[])[];

/** People's mean scores of the countries and items that a reference is about. */
export function humanScores({ human, items, countries }: ReferenceInput): HumanScores {
  return countries.map(({ iso3 }) =>
    items.map(({ variable }) => ({ human: human.meanScore(iso3, variable) })),
  );
}

/** A reference's answers as cells, as if it were a model without options. @param whyNone reason of a null score */
export function referenceCells(
  { countries, items }: Pick<ReferenceInput, 'countries' | 'items'>,
  meanScores: readonly (readonly (number | null)[])[],
  whyNone: string,
): CellScore[] {
  return countries.flatMap((country, c) =>
    items.map((item, i): CellScore => {
      const meanScore = meanScores[c]?.[i] ?? null;
      return {
        variable: item.variable,
        country: country.iso3,
        status: meanScore === null ? 'unscored' : 'scored',
        reason: meanScore === null ? whyNone : null,
        probabilities: [],
        meanScore,
        optionMass: null,
        orderGap: null,
      };
    }),
  );
}
