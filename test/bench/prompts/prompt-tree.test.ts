import { expect, it } from 'vitest';
import { equalLengthBatches } from './equal-length-batches.js';
import { distinctTokens, tailLengths } from './prompt-tree.js';

it('counts the nodes of the prefix tree, in whatever order the sequences come', () => {
  // Tree: 1-2-3, 1-2-4-5, 9: nodes 1, 2, 3, 4, 5, 9.
  const sequences = [[1, 2, 4, 5], [9], [1, 2, 3], [1, 2, 3], [1, 2]];
  expect(distinctTokens(sequences)).toBe(6);
  expect(distinctTokens([...sequences].reverse())).toBe(6);
  expect(distinctTokens([])).toBe(0);
  // 10 sorts after 9 as a number.
  expect(
    distinctTokens([
      [10, 1],
      [9, 1],
      [10, 2],
    ]),
  ).toBe(5);
});

it('measures the tails behind what all prompts of a group share', () => {
  const groups = [
    // Shared: 1, 2. Tails 1 and 3.
    [
      [1, 2, 3],
      [1, 2, 4, 5, 6],
    ],
    // Shared: 7. Tails 1 and 1.
    [
      [7, 1],
      [7, 2],
    ],
  ];
  expect(tailLengths(groups)).toEqual({ mean: 6 / 4, longest: 3 });
});

it('makes batches of one length each', () => {
  expect(equalLengthBatches([4, 3, 4, 4, 3], 2)).toEqual([[1, 4], [0, 2], [3]]);
  expect(equalLengthBatches([4, 3, 4, 4, 3], 1)).toEqual([[1], [4], [0], [2], [3]]);
});
