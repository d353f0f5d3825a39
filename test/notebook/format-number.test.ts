import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeNumbers, digitsFor, formatNumber } from '../../lib/notebook/format-number.js';

describe('digitsFor', () => {
  test.each([
    { numbers: [1, 20, 300], digits: 0 },
    { numbers: [], digits: 0 },
    { numbers: [0.5, -1], digits: 3 },
    { numbers: [0.5, -1.5], digits: 2 },
    { numbers: [0.5, -10], digits: 1 },
    { numbers: [0.5, 1000], digits: 0 },
  ])('$numbers: $digits', ({ numbers, digits }) => {
    expect(digitsFor(describeNumbers(numbers))).toBe(digits);
  });
});

describe('formatNumber', () => {
  test.each([
    [2017, 0, '2017'],
    [22880, 0, '22,880'],
    [0.8534, 3, '0.853'],
    [-0.5, 2, '-0.50'],
    [0, 3, '0.000'],
    [0.0002, 3, '<0.001'],
    [-0.0002, 3, '>-0.001'],
    [0.4, 0, '<1'],
    // Half of the smallest step rounds up to it.
    [0.0005, 3, '0.001'],
  ])('%d with %d digits: %s', (value, digits, expected) => {
    expect(formatNumber(value, digits)).toBe(expected);
  });

  test('what is not zero never reads as zero', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 4 }),
        (value, digits) => {
          fc.pre(value !== 0);
          expect(formatNumber(value, digits)).not.toMatch(/^-?0(\.0*)?$/);
        },
      ),
    );
  });
});
