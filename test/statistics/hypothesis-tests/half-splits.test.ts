import { describe, expect, it } from 'vitest';
import { welchOverHalves } from '../../../lib/statistics/hypothesis-tests/half-splits.js';

describe('halves of one sample', () => {
  it('are split in every way once, and counted where Welch calls them different', () => {
    // {0, .01} | {1, 1.01}: t = 1 / .00707 = 141; the two mixed splits differ by .01 at most, far inside their spread.
    expect(welchOverHalves({ values: [0, 0.01, 1, 1.01] })).toMatchObject({
      splits: 3,
      significant: 1,
      rate: 1 / 3,
    });
  });

  it('of ten values there are 126 pairs of, of five values 10', () => {
    expect(welchOverHalves({ values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }).splits).toBe(126);
    expect(welchOverHalves({ values: [1, 2, 3, 4, 5] }).splits).toBe(10);
  });

  it('of an even spread are called different in the one split that is sorted', () => {
    // Of 1 ... 6: {1,2,3} | {4,5,6} has t = 3 / sqrt(2/3) = 3.67, df 4, p = .021. Every other split shares at least two steps:
    // {1,2,4} | {3,5,6} has t = 2.333 / sqrt(4.667 / 3) = 1.87, p = .13.
    expect(welchOverHalves({ values: [3, 1, 6, 2, 5, 4] })).toMatchObject({
      splits: 10,
      significant: 1,
      rate: 0.1,
    });
  });

  it('count for nothing where both are constant, and there are none of three values', () => {
    expect(welchOverHalves({ values: [1, 1, 1, 1] })).toMatchObject({
      rate: null,
      undefinedSplits: 3,
      reason: 'all values are the same',
    });
    expect(welchOverHalves({ values: [1, 2, 3] })).toMatchObject({
      rate: null,
      reason: '3 values; two halves for a t test need at least 4',
    });
  });
});
