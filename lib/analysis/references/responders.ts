import type { RandomGenerator } from '../../statistics/random.js';
import type { CellScore, Item } from '../../types.js';
import { type ReferenceInput, referenceCells } from './reference-cells.js';

const NO_ORDER = 'the options of the item have no order';

/**
 * A responder that draws the probabilities of its options at random, anew for every item and country, each distribution
 * equally likely (a flat Dirichlet): what r looks like without any knowledge.
 */
export function randomResponderCells(input: ReferenceInput, random: RandomGenerator): CellScore[] {
  const scores = input.countries.map(() => input.items.map((item) => randomMeanScore(item, random)));
  return referenceCells(input, scores, NO_ORDER);
}

/**
 * A responder that always takes the option listed first, asked in one order only. In both orders its two answers cancel,
 * every mean score is the middle of the options, and r says nothing or is undefined.
 */
export function firstOptionCells(input: ReferenceInput): CellScore[] {
  const scores = input.items.map((item) => item.options.find(({ offered }) => offered)?.score ?? null);
  return referenceCells(
    input,
    input.countries.map(() => scores),
    NO_ORDER,
  );
}

function randomMeanScore(item: Item, random: RandomGenerator): number | null {
  const options = item.options.filter(({ offered }) => offered);
  // Exponential numbers, divided by their sum, are Dirichlet with all parameters 1.
  const weights = options.map(() => -Math.log(1 - random.uniform()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let mean = 0;
  for (const [place, { score }] of options.entries()) {
    if (score === null) {
      return null;
    }
    mean += ((weights[place] ?? 0) / total) * score;
  }
  return options.length === 0 ? null : mean;
}
