import { describe, expect, it } from 'vitest';
import { cellAt, maskedMatrix } from '../../lib/statistics/masked-matrix.js';

describe('maskedMatrix', () => {
  it('keeps rows in order and marks missing cells', () => {
    const matrix = maskedMatrix([
      [1, null, 3],
      [4, 5, 0],
    ]);
    expect(matrix).toMatchObject({ rows: 2, columns: 3 });
    expect([0, 1, 2].map((column) => cellAt(matrix, 0, column))).toEqual([1, null, 3]);
    expect([0, 1, 2].map((column) => cellAt(matrix, 1, column))).toEqual([4, 5, 0]);
    expect([...matrix.present]).toEqual([1, 0, 1, 1, 1, 1]);
  });

  it('may be empty', () => {
    expect(maskedMatrix([])).toMatchObject({ rows: 0, columns: 0 });
  });

  it('refuses ragged rows, numbers that are not finite and places outside', () => {
    expect(() => maskedMatrix([[1, 2], [3]])).toThrow(
      'maskedMatrix needs rows of equal length, row 1 has 1 values and row 0 has 2.',
    );
    expect(() => maskedMatrix([[1, Number.NaN]])).toThrow(
      'maskedMatrix needs finite numbers or null, found NaN in row 0, column 1.',
    );
    expect(() => cellAt(maskedMatrix([[1, 2]]), 0, 2)).toThrow(
      'cellAt needs a place inside 1 x 2, got row 0, column 2.',
    );
    expect(() => cellAt(maskedMatrix([[1], [2]]), 0, 1)).toThrow('got row 0, column 1');
  });
});
