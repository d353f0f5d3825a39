import { describe, expect, it } from 'vitest';
import { lowRankCompletion } from '../../../lib/statistics/completion/low-rank-completion.js';
import { solvePositiveDefinite } from '../../../lib/statistics/completion/solve-positive-definite.js';
import { cellAt, maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { createRandom } from '../../../lib/statistics/random.js';
import { oracle } from '../intervals-oracle.js';

describe('lowRankCompletion', () => {
  it.each(oracle.completion)(
    'agrees with soft-thresholded singular values of numpy, rank $rank',
    ({ values, rank, ridge, completed }) => {
      const found = lowRankCompletion({ matrix: maskedMatrix(values), rank, ridge, random: createRandom(1) });
      expect(found.converged).toBe(true);
      for (const [row, cells] of completed.entries()) {
        for (const [column, cell] of cells.entries()) {
          expect(Math.abs((cellAt(found.completed, row, column) ?? 99) - cell)).toBeLessThan(1e-4);
        }
      }
    },
  );

  it('finds held-out cells of a matrix that has few factors', () => {
    // Two factors without noise; every fifth cell is hidden.
    const truth = (i: number, j: number) =>
      Math.sin(i) * Math.cos(2 * j) + 0.5 * Math.cos(3 * i) * Math.sin(j) + j / 10;
    const hidden = (i: number, j: number) => (3 * i + j) % 5 === 0;
    const matrix = maskedMatrix(
      Array.from({ length: 30 }, (_, i) =>
        Array.from({ length: 25 }, (_, j) => (hidden(i, j) ? null : truth(i, j))),
      ),
    );
    const worst = (rank: number) => {
      const { completed } = lowRankCompletion({ matrix, rank, ridge: 0.01, random: createRandom(3) });
      let largest = 0;
      for (let i = 0; i < 30; i += 1) {
        for (let j = 0; j < 25; j += 1) {
          largest = hidden(i, j)
            ? Math.max(largest, Math.abs((cellAt(completed, i, j) ?? 9) - truth(i, j)))
            : largest;
        }
      }
      return largest;
    };
    // The means of the columns are those of the known cells, so they add a third factor.
    expect(worst(3)).toBeLessThan(0.01);
    expect(worst(1)).toBeGreaterThan(0.3);
    // Factors of equal length settle soon, however small the ridge.
    expect(
      lowRankCompletion({ matrix, rank: 1, ridge: 0.001, random: createRandom(1) }).iterations,
    ).toBeLessThan(50);
  });

  it('does not depend on the seed where there is one minimum, nor changes what it is given', () => {
    const matrix = maskedMatrix(oracle.completion[2]?.values ?? []);
    const copy = matrix.values.slice();
    const run = (seed: number) =>
      lowRankCompletion({ matrix, rank: 2, ridge: 0.7, random: createRandom(seed) });
    expect(run(1)).toEqual(run(1));
    for (const [cell, value] of run(1).completed.values.entries()) {
      expect(Math.abs((run(2).completed.values[cell] ?? 9) - value)).toBeLessThan(1e-4);
    }
    expect(matrix.values).toEqual(copy);
  });

  it('gives an unknown row the column means, and an unknown column nothing', () => {
    const { completed, residual } = lowRankCompletion({
      matrix: maskedMatrix([
        [1, 5, null],
        [3, 7, null],
        [null, null, null],
      ]),
      rank: 1,
      random: createRandom(1),
    });
    expect(cellAt(completed, 2, 0)).toBeCloseTo(2, 12);
    expect(cellAt(completed, 2, 1)).toBeCloseTo(6, 12);
    expect(cellAt(completed, 0, 2)).toBeNull();
    // Deviations -1, -1, 1, 1 have the one singular value 2, which a ridge of 1 halves: every cell misses by 1 / 2.
    expect(cellAt(completed, 0, 0)).toBeCloseTo(1.5, 5);
    expect(residual).toBeCloseTo(0.5, 5);
  });

  it('has no residual without a known cell', () => {
    const empty = maskedMatrix([[null, null]]);
    expect(lowRankCompletion({ matrix: empty, rank: 1, random: createRandom(1) })).toMatchObject({
      residual: null,
      converged: true,
    });
  });

  it('refuses ranks and ridges outside their range', () => {
    const matrix = maskedMatrix([[1, 2]]);
    expect(() => lowRankCompletion({ matrix, rank: 6, random: createRandom(1) })).toThrow(
      'lowRankCompletion needs a rank from 1 to 5 and a ridge above 0, got 6 and 1.',
    );
    expect(() => lowRankCompletion({ matrix, rank: 1, ridge: 0, random: createRandom(1) })).toThrow(
      'got 1 and 0.',
    );
  });
});

describe('solvePositiveDefinite', () => {
  it('is worked out by hand', () => {
    // 4 a + 2 b = 8 and 2 a + 3 b = 8 have the solution 1, 2.
    const found = solvePositiveDefinite(Float64Array.from([4, 2, 2, 3]), Float64Array.from([8, 8]));
    expect(found[0]).toBeCloseTo(1, 14);
    expect(found[1]).toBeCloseTo(2, 14);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => solvePositiveDefinite(Float64Array.from([1, 2, 2, 1]), Float64Array.from([1, 1]))).toThrow(
      'solvePositiveDefinite needs a positive definite matrix, found -3 at pivot 1.',
    );
  });
});
