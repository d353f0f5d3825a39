import { type HalfSplits, welchOverHalves } from '../../../statistics/hypothesis-tests/half-splits.js';
import { mean } from '../../../statistics/spread.js';
import type { CellsName } from '../cells.js';
import { PLAIN } from '../figure-table.js';
import { seedContrast } from '../seed-contrast.js';
import type { FigureName, Measure, SeedValues } from '../seed-values.js';
import { type FactorInput, factorValues, recipeAt } from './factor-input.js';
import { type FactorTests, withHolm } from './factor-tests.js';

/** How often seeds of one recipe, split in two, pass for two recipes. */
export interface NullSplit {
  readonly values: SeedValues;
  readonly halves: HalfSplits;
}

/** What differs between trainings that differ in nothing but the seed. */
export interface NullAnswer extends FactorTests {
  readonly splits: readonly NullSplit[];
  /** Mean of the rates over the figures, which are not independent; null without any. */
  readonly meanRate: number | null;
}

const AGREEMENT: readonly FigureName[] = ['r', 'deviation r', 'r within items'];
const measure = (figure: FigureName, cells: CellsName): Measure => ({
  ...PLAIN,
  figure,
  cells,
  with: 'people',
});
const MEASURES: readonly Measure[] = [
  ...AGREEMENT.map((figure) => measure(figure, 'seen')),
  ...AGREEMENT.map((figure) => measure(figure, 'held-out cells')),
  measure('West minus others', 'told countries'),
  measure('West minus others, deviation r', 'told countries'),
  measure('option mass', 'all'),
  { ...measure('option mass', 'all'), format: 'chat' },
];

/**
 * One recipe, its seeds split into halves in every way: what a test at 5 % finds there is false. And whole countries that
 * stand in no text: the tuned model should know no more of them than the one tuned on the answers of wrong countries.
 */
export function nullAnswer(input: FactorInput): NullAnswer {
  const { of, recipes } = factorValues(input, 'null');
  const recipe = recipeAt(recipes, 0);
  const permuted = recipeAt(input.world.factors.alignment, 2);
  const splits = MEASURES.map((one): NullSplit => {
    const values = of(recipe, one);
    return { values, halves: welchOverHalves({ values: values.values }) };
  });
  const unread = measure('deviation r', 'held-out countries');
  const arms = [of(permuted, unread), of(recipe, unread)] as const;
  return {
    ...withHolm({
      arms: [...splits.map(({ values }) => values), ...arms],
      trends: [],
      contrasts: [seedContrast('countries in no text', ...arms)],
    }),
    splits,
    meanRate: mean(splits.flatMap(({ halves }) => halves.rate ?? [])),
  };
}
