import { describe, expect, it } from 'vitest';
import { pearson } from '../../lib/statistics/correlation.js';
import { crossCorrelation } from '../../lib/statistics/cross-correlation.js';
import { cellAt, type MaskedMatrix, maskedMatrix } from '../../lib/statistics/masked-matrix.js';
import { loadMatrixBackend, type MatrixBackendName } from '../../lib/statistics/matrix-backend.js';
import { createRandom } from '../../lib/statistics/random.js';

const BACKENDS: readonly MatrixBackendName[] = ['wasm', 'plain'];

/** Rows with their own level and spread, every tenth cell missing. */
function someMatrix(options: { rows: number; columns: number; seed: number; missing: number }): MaskedMatrix {
  const random = createRandom(options.seed);
  return maskedMatrix(
    Array.from({ length: options.rows }, (_, row) =>
      Array.from({ length: options.columns }, (_, column) => {
        const value = 5 * row + (row + 1) * (random.uniform() - 0.5) + Math.sin(column);
        return random.uniform() < options.missing ? null : value;
      }),
    ),
  );
}

/** The same by `pearson`, one pair of rows after the other. */
function directCorrelation(a: MaskedMatrix, i: number, b: MaskedMatrix, j: number) {
  const x: number[] = [];
  const y: number[] = [];
  for (let column = 0; column < a.columns; column += 1) {
    const left = cellAt(a, i, column);
    const right = cellAt(b, j, column);
    if (left !== null && right !== null) {
      x.push(left);
      y.push(right);
    }
  }
  return pearson(x, y);
}

async function expectDirectValues(a: MaskedMatrix, b: MaskedMatrix, name: MatrixBackendName) {
  const backend = await loadMatrixBackend({ order: [name] });
  const found = await crossCorrelation(a, b, { backend });
  expect(found.r).toMatchObject({ rows: a.rows, columns: b.rows });
  for (let i = 0; i < a.rows; i += 1) {
    for (let j = 0; j < b.rows; j += 1) {
      const direct = directCorrelation(a, i, b, j);
      const r = cellAt(found.r, i, j);
      expect(found.pairs[i * b.rows + j]).toBe(direct.n);
      if (direct.r === null) {
        expect(r).toBeNull();
      } else {
        expect(Math.abs((r ?? 9) - direct.r)).toBeLessThan(1e-5);
      }
    }
  }
  return found;
}

describe.each(BACKENDS)('crossCorrelation on %s', (name) => {
  it('agrees with pearson within 1e-5, with and without missing cells', async () => {
    for (const missing of [0, 0.1, 0.6]) {
      const a = someMatrix({ rows: 12, columns: 205, seed: 1, missing });
      const b = someMatrix({ rows: 9, columns: 205, seed: 2, missing });
      const { inFloat64 } = await expectDirectValues(a, b, name);
      // The matrix product does the work; float64 is for odd pairs only.
      expect(inFloat64).toBeLessThan(5);
    }
  });

  it('goes to float64 where the common columns are far from the rest of a row', async () => {
    // The rows share the last four columns only, where the first row varies by 1e-4 around 1000 times as much.
    const a = maskedMatrix([[-5, -5, -5, -5, 0.1001, 0.1003, 0.1002, 0.1006]]);
    const b = maskedMatrix([[null, null, null, null, 4, 1, 3, 2]]);
    const { inFloat64 } = await expectDirectValues(a, b, name);
    expect(inFloat64).toBe(1);
  });

  it('leaves r out for constant rows, constant overlaps and fewer than three pairs', async () => {
    const a = maskedMatrix([
      [2, 2, 2, 2, 2],
      [1, 1, 1, 7, 8],
      [1, 2, null, null, null],
      [null, null, null, null, null],
    ]);
    const b = maskedMatrix([[3, 1, 2, null, null]]);
    const { r, pairs } = await expectDirectValues(a, b, name);
    expect([0, 1, 2, 3].map((row) => cellAt(r, row, 0))).toEqual([null, null, null, null]);
    expect([...pairs]).toEqual([3, 3, 2, 0]);
  });

  it('finds perfect correlations', async () => {
    const backend = await loadMatrixBackend({ order: [name] });
    const a = maskedMatrix([[1, 2, 3, 4]]);
    const b = maskedMatrix([
      [10, 20, 30, 40],
      [4, 3, 2, 1],
    ]);
    const { r } = await crossCorrelation(a, b, { backend });
    expect(cellAt(r, 0, 0)).toBeCloseTo(1, 6);
    expect(cellAt(r, 0, 1)).toBeCloseTo(-1, 6);
    expect(Math.abs(cellAt(r, 0, 0) ?? 9)).toBeLessThanOrEqual(1);
  });
});

describe('crossCorrelation', () => {
  it('gives the same on wasm and plain within 1e-5', async () => {
    const a = someMatrix({ rows: 20, columns: 205, seed: 3, missing: 0.1 });
    const [wasm, plain] = await Promise.all(BACKENDS.map((name) => loadMatrixBackend({ order: [name] })));
    if (wasm === undefined || plain === undefined) {
      throw new Error('both backends must load');
    }
    expect([wasm.name, plain.name]).toEqual(['wasm', 'plain']);
    const first = await crossCorrelation(a, a, { backend: wasm });
    const second = await crossCorrelation(a, a, { backend: plain });
    const difference = first.r.values.map((value, place) => Math.abs(value - (second.r.values[place] ?? 9)));
    expect(Math.max(...difference)).toBeLessThan(1e-5);
    expect(first.r.present).toEqual(second.r.present);
  });

  it('refuses matrices with different numbers of columns', async () => {
    const backend = await loadMatrixBackend({ order: ['plain'] });
    await expect(
      crossCorrelation(maskedMatrix([[1, 2]]), maskedMatrix([[1, 2, 3]]), { backend }),
    ).rejects.toThrow('crossCorrelation needs matrices with equal numbers of columns, got 2 and 3.');
  });

  it('may be empty', async () => {
    const backend = await loadMatrixBackend({ order: ['plain'] });
    const found = await crossCorrelation(maskedMatrix([]), maskedMatrix([]), { backend });
    expect(found.r.values).toHaveLength(0);
  });
});
