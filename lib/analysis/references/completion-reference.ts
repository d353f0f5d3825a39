import { lowRankCompletion } from '../../statistics/completion/low-rank-completion.js';
import { cellAt, type MaskedMatrix, maskedMatrix } from '../../statistics/masked-matrix.js';
import { type RandomGenerator, randomPermutation } from '../../statistics/random.js';
import type { CellScore } from '../../types.js';
import { humanScores, type ReferenceInput, referenceCells } from './reference-cells.js';

const RANK = 5;
const FOLDS = 5;

/**
 * People's own answers, each predicted from others: a fifth of the cells is held out in turn, at random, and completed from
 * the rest by a matrix of rank 5. How predictable people are, and so an honest upper mark for a model.
 */
export function completionCells(input: ReferenceInput, random: RandomGenerator): CellScore[] {
  const people = maskedMatrix(humanScores(input).map((row) => row.map(({ human }) => human)));
  const known = [...people.present.keys()].filter((cell) => people.present[cell] === 1);
  const order = randomPermutation(known.length, random);
  const predicted = new Map<number, number>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const heldOut = known.filter((_, place) => (order[place] ?? 0) % FOLDS === fold);
    const { completed } = lowRankCompletion({ matrix: without(people, heldOut), rank: RANK, random });
    for (const cell of heldOut) {
      const score = cellAt(completed, Math.floor(cell / people.columns), cell % people.columns);
      if (score !== null) {
        predicted.set(cell, Math.min(1, Math.max(-1, score)));
      }
    }
  }
  const scores = input.countries.map((_, c) =>
    input.items.map((_, i) => predicted.get(c * people.columns + i) ?? null),
  );
  return referenceCells(input, scores, 'no other answer to predict it from');
}

function without(matrix: MaskedMatrix, cells: readonly number[]): MaskedMatrix {
  const present = matrix.present.slice();
  for (const cell of cells) {
    present[cell] = 0;
  }
  return { ...matrix, present };
}
