import { describe, expect, it } from 'vitest';
import { crossCorrelation } from '../../lib/statistics/cross-correlation.js';
import { cellAt, maskedMatrix } from '../../lib/statistics/masked-matrix.js';
import { loadMatrixBackend, type MatrixBackendName } from '../../lib/statistics/matrix-backend.js';
import { oracle } from './resampling-oracle.js';

describe.each<MatrixBackendName>(['wasm', 'plain'])('crossCorrelation on %s', (name) => {
  it.each(oracle.crossCorrelation)('agrees with pandas within 1e-5: $name', async (entry) => {
    const backend = await loadMatrixBackend({ order: [name] });
    const { r } = await crossCorrelation(maskedMatrix(entry.a), maskedMatrix(entry.b), { backend });
    expect([r.rows, r.columns]).toEqual([entry.a.length, entry.b.length]);
    for (const [i, row] of entry.r.entries()) {
      for (const [j, expected] of row.entries()) {
        const found = cellAt(r, i, j);
        if (expected === null) {
          expect(found).toBeNull();
        } else {
          expect(Math.abs((found ?? 9) - expected)).toBeLessThan(1e-5);
        }
      }
    }
  });
});
