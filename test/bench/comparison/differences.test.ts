import { expect, it } from 'vitest';
import { compareLogProbs } from './differences.js';

const reference = {
  name: 'reference',
  logProbs: [
    [-1, -2],
    [-3, -4, -5],
  ],
};

it('finds the median and the largest difference', () => {
  // Differences .5, 0, .25, .125, 0: sorted 0, 0, .125, .25, .5.
  const found = [
    [-1.5, -2],
    [-3.25, -3.875, -5],
  ];
  expect(compareLogProbs(reference, found)).toEqual({
    reference: 'reference',
    options: 5,
    missing: 0,
    median: 0.125,
    largest: 0.5,
  });
});

it('counts options that the peer did not tell, and compares the rest', () => {
  const found = [
    [null, -2.5],
    [-3, -4],
  ];
  expect(compareLogProbs(reference, found)).toMatchObject({ options: 3, missing: 2, largest: 0.5 });
  expect(compareLogProbs(reference, []).largest).toBeNaN();
});

it('does not lose a NaN', () => {
  const found = [
    [-1, -2],
    [-3, Number.NaN, -5],
  ];
  expect(compareLogProbs(reference, found).largest).toBeNaN();
});
