import { describe, expect, it } from 'vitest';
import {
  fisherMean,
  meanDifference,
  meanLean,
} from '../../../lib/statistics/bootstrap/correlation-statistics.js';
import { groupBootstrap } from '../../../lib/statistics/bootstrap/group-bootstrap.js';
import { type MaskedMatrix, maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import {
  loadMatrixBackend,
  type MatrixBackend,
  type MatrixBackendName,
} from '../../../lib/statistics/matrix-backend.js';
import { createRandom } from '../../../lib/statistics/random.js';
import { oracle } from '../resampling-oracle.js';

const BACKENDS: readonly MatrixBackendName[] = ['wasm', 'plain'];

describe.each(BACKENDS)('groupBootstrap on %s', (name) => {
  it.each(oracle.bootstrap)('agrees within 1e-5 with a bootstrap in numpy from seed $seed', async (entry) => {
    const found = await groupBootstrap({
      x: maskedMatrix(entry.x),
      models: entry.models.map(maskedMatrix),
      columnGroups: entry.columnGroups,
      statistics: [fisherMean(0), meanDifference(0, 1), meanLean(0, entry.firstPart)],
      replicates: 200,
      random: createRandom(entry.seed),
      backend: await loadMatrixBackend({ order: [name] }),
    });
    expect(found.scope).toBe(entry.rowsDrawn ? 'columns-and-rows' : 'columns');
    for (const [place, { low, high, replicates }] of entry.intervals.entries()) {
      const { interval, ...estimate } = found.estimates[place] ?? {};
      expect(estimate).toMatchObject({ replicates, reason: null });
      expect(Math.abs((interval?.low ?? 9) - low)).toBeLessThan(1e-5);
      expect(Math.abs((interval?.high ?? 9) - high)).toBeLessThan(1e-5);
    }
  });
});

describe('groupBootstrap of twelve models, 55 x 205', () => {
  const random = createRandom(9);
  const numbers = (): Float64Array => Float64Array.from({ length: 55 * 205 }, () => random.uniform() - 0.5);
  const matrix = (values: Float64Array): MaskedMatrix => ({
    ...{ rows: 55, columns: 205, values },
    present: Uint8Array.from(values, () => (random.uniform() < 0.03 ? 0 : 1)),
  });
  const people = numbers();
  const models = Array.from({ length: 12 }, (_, k) =>
    matrix(numbers().map((value, cell) => (k / 12) * (people[cell] ?? 0) + value)),
  );
  const input = {
    x: matrix(people),
    models,
    columnGroups: Array.from({ length: 205 }, (_, column) => `b${Math.floor(column / 3.4)}`),
    statistics: models.map((_, model) => fisherMean(model)),
  };
  const run = (backend: MatrixBackend) =>
    groupBootstrap({ ...input, replicates: 500, random: createRandom(1), backend });

  it('gives the same intervals on wasm and plain within 1e-5', async () => {
    const wasm = await run(await loadMatrixBackend({ order: ['wasm'] }));
    const plain = await run(await loadMatrixBackend({ order: ['plain'] }));
    expect([wasm.backend, plain.backend, wasm.groups]).toEqual(['wasm', 'plain', 61]);
    for (const [model, { estimate, interval }] of wasm.estimates.entries()) {
      const other = plain.estimates[model];
      expect(other?.estimate).toBe(estimate);
      expect(Math.abs((interval?.low ?? 9) - (other?.interval?.low ?? -9))).toBeLessThan(1e-5);
      expect(Math.abs((interval?.high ?? 9) - (other?.interval?.high ?? -9))).toBeLessThan(1e-5);
      expect(interval?.low).toBeLessThan(estimate ?? -9);
    }
  });
});
