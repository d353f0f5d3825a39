/** Largest absolute value in a column of a table, and whether all of it is whole: what decides the digits. */
export interface NumberColumn {
  readonly allWhole: boolean;
  readonly largest: number;
}

/** Looks at the numbers of a column. */
export function describeNumbers(values: readonly number[]): NumberColumn {
  return {
    allWhole: values.every(Number.isInteger),
    largest: values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
  };
}

/**
 * Digits after the point for a column: the same for all its numbers, so that they line up.
 * None for whole numbers and from 1,000 on, 1 from 10, 2 from 1 (exclusive), else 3.
 */
export function digitsFor(column: NumberColumn): number {
  if (column.allWhole || column.largest >= 1000) {
    return 0;
  }
  if (column.largest >= 10) {
    return 1;
  }
  return column.largest > 1 ? 2 : 3;
}

/**
 * A number with the given digits after the point. Commas from 10,000 on, so that years stay years. A number that is
 * not zero never reads as zero: 0.0002 with 3 digits is "<0.001".
 */
export function formatNumber(value: number, digits: number): string {
  const smallest = 10 ** -digits;
  if (value !== 0 && Math.abs(value) < smallest / 2) {
    return value > 0 ? `<${smallest.toFixed(digits)}` : `>-${smallest.toFixed(digits)}`;
  }
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: Math.abs(value) >= 10_000,
  });
}
