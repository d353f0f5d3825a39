import type { FactorTests } from '../analysis/mini-world/factors/factor-tests.js';
import type { Measure, SeedValues } from '../analysis/mini-world/seed-values.js';
import { InputError } from '../files/input-error.js';

/** A difference of two recipes, with seeds as the unit, as a line of a table. */
export interface ContrastRow {
  readonly figure: string;
  readonly cells: string;
  readonly asked: string;
  readonly from: string;
  readonly to: string;
  readonly change: number | null;
  /** 95 % interval by Welch's t. */
  readonly low: number | null;
  readonly high: number | null;
  /** After Holm over all tests of the factor. */
  readonly p: number | null;
}

/** The contrasts of a factor for {@link table}: those in whose measure all given fields are as given. */
export function contrastRows(
  { contrasts }: Pick<FactorTests, 'contrasts'>,
  wanted: Partial<Measure> = {},
): ContrastRow[] {
  return contrasts
    .filter(({ measure }) => fits(measure, wanted))
    .map(({ measure, first, second, difference, low, high, adjustedP }) => ({
      ...{ figure: measure.figure, cells: measure.cells },
      asked: measure.language === 'own' ? `${measure.format}, own language` : measure.format,
      ...{ from: first.recipe, to: second.recipe, change: difference, low, high, p: adjustedP },
    }));
}

/**
 * One figure of a factor's recipes, in their order: what a figure is drawn from.
 *
 * @param wanted fields of the measure; as many as it takes to leave one
 * @throws InputError when none or several measures have these fields
 */
export function armsOf({ arms }: Pick<FactorTests, 'arms'>, wanted: Partial<Measure>): SeedValues[] {
  const found = arms.filter(({ measure }) => fits(measure, wanted));
  const measures = new Set(found.map(({ measure }) => JSON.stringify(measure)));
  if (measures.size !== 1) {
    const all = new Set(arms.map(({ measure }) => JSON.stringify(measure)));
    throw new InputError(
      `Choosing the arms of a factor: ${measures.size === 0 ? 'no measure has' : `${measures.size} measures have`} ` +
        `${JSON.stringify(wanted)}. Expected one of ${[...all].join(', ')}.`,
    );
  }
  return found;
}

function fits(measure: Measure, wanted: Partial<Measure>): boolean {
  return Object.entries(wanted).every(([field, value]) => measure[field as keyof Measure] === value);
}
