import { InputError } from '../files/input-error.js';
import { pearson, uncentredCorrelation } from '../statistics/correlation.js';
import type { MaskedMatrix } from '../statistics/masked-matrix.js';
import type { Category, CellScore, Item } from '../types.js';
import { deviation } from './deviation.js';
import { gridMatrix } from './grid-matrix.js';
import { commonAnswers, countPaired, type Pair } from './paired-cells.js';
import { type EstimateChoice, pairedEstimate } from './paired-estimate.js';
import type { PairedComparison, PairedEstimate } from './paired-record.js';
import { correlationStatistics, massStatistics } from './paired-statistics.js';
import { type AgreementInput, type ScoreGrid, scoreGrid } from './score-grid.js';
import { deviationReferences } from './unit-correlations.js';

/** A model and its scores for one wording. */
export interface PairedModel {
  readonly name: string;
  readonly cells: readonly CellScore[];
}

/** What two models are compared on. */
export interface PairedInput extends Omit<AgreementInput, 'model' | 'cells'> {
  readonly first: PairedModel;
  readonly second: PairedModel;
  readonly categories: readonly Category[];
}

/**
 * Compares two models on the cells that people and both of them answered: r, deviation r, the Western lean, option mass,
 * and r of each category, each as second minus first with its interval.
 *
 * @throws InputError when the models answered different items, and for scores that `scoreGrid` refuses
 */
export function pairedComparison(input: PairedInput): PairedComparison {
  requireSameItems(input);
  const first = scoreGrid({ ...input, model: input.first.name, cells: input.first.cells });
  const second = scoreGrid({ ...input, model: input.second.name, cells: input.second.cells });
  const pair = { first, second };
  const reference = deviationReferences(first, 'all-countries');
  const deviations = (grid: ScoreGrid, side: 'human' | 'model'): MaskedMatrix =>
    gridMatrix(grid, {}, (cell, { country, item }) => deviation(cell[side], reference[country]?.[item]));
  const western = first.countries.map((country) => country.western);
  return {
    first: input.first.name,
    second: input.second.name,
    claim: 'these two models',
    cells: countPaired(pair),
    estimates: [
      correlationEstimate('r', pair, {}),
      pairedEstimate('deviation r', pair, {
        present: commonAnswers(pair, {}),
        ...correlationStatistics(
          deviations(first, 'human'),
          [deviations(first, 'model'), deviations(second, 'model')],
          uncentredCorrelation,
        ),
      }),
      correlationEstimate('West minus others', pair, { firstPart: western }),
      pairedEstimate('option mass', pair, massStatistics(pair)),
    ],
    byCategory: input.categories.flatMap(({ id }) => {
      const items = (item: Item): boolean => item.category === id;
      return first.items.some(items) ? [correlationEstimate(id, pair, { items, unit: 'item' })] : [];
    }),
  };
}

function correlationEstimate(id: string, pair: Pair, choice: EstimateChoice): PairedEstimate {
  const people = gridMatrix(pair.first, choice, (cell) => cell.human);
  const models = [pair.first, pair.second].map((grid) => gridMatrix(grid, choice, (cell) => cell.model));
  return pairedEstimate(
    id,
    pair,
    {
      present: commonAnswers(pair, choice),
      ...correlationStatistics(people, models as [MaskedMatrix, MaskedMatrix], pearson),
    },
    choice,
  );
}

function requireSameItems({ first, second }: PairedInput): void {
  const asked = (model: PairedModel): Set<string> => new Set(model.cells.map((cell) => cell.variable));
  const [a, b] = [asked(first), asked(second)];
  const only = (one: Set<string>, other: Set<string>): string[] =>
    [...one].filter((item) => !other.has(item));
  const differences = [
    { name: first.name, items: only(a, b) },
    { name: second.name, items: only(b, a) },
  ].filter(({ items }) => items.length > 0);
  if (differences.length > 0) {
    const listed = differences.map(({ name, items }) => `only ${name}: ${items.join(', ')}`).join('; ');
    throw new InputError(
      `Comparing ${first.name} and ${second.name}: they were asked different items (${listed}). Expected the same items ` +
        'for both. Probe both with the same --items.',
    );
  }
}
