import { describe, expect, it } from 'vitest';
import {
  type CorrelationStatistic,
  fisherMean,
  meanDifference,
  meanLean,
} from '../../../lib/statistics/bootstrap/correlation-statistics.js';
import { drawReplicates } from '../../../lib/statistics/bootstrap/draws.js';
import {
  type GroupBootstrapInput,
  groupBootstrap,
} from '../../../lib/statistics/bootstrap/group-bootstrap.js';
import { percentileInterval } from '../../../lib/statistics/bootstrap/percentile.js';
import { pearson } from '../../../lib/statistics/correlation.js';
import { meanCorrelation } from '../../../lib/statistics/fisher.js';
import { type MaskedMatrix, maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { loadMatrixBackend, type MatrixBackendName } from '../../../lib/statistics/matrix-backend.js';
import { createRandom } from '../../../lib/statistics/random.js';

const BACKENDS: readonly MatrixBackendName[] = ['wasm', 'plain'];

/** People far from 0 and with a spread of their own in each row; a share of the cells is missing. */
function someMatrix(options: {
  seed: number;
  rows: number;
  columns: number;
  missing: number;
  like?: MaskedMatrix;
}) {
  const random = createRandom(options.seed);
  return maskedMatrix(
    Array.from({ length: options.rows }, (_, row) =>
      Array.from({ length: options.columns }, (_, column) => {
        const own = 3 * row + (row + 1) * random.uniform();
        const value = own + (options.like?.values[row * options.columns + column] ?? 0);
        return random.uniform() < options.missing ? null : value;
      }),
    ),
  );
}

const world = { rows: 9, columns: 36, missing: 0.1 };
const x = someMatrix({ seed: 1, ...world });
const models = [
  someMatrix({ seed: 2, ...world, like: x }),
  someMatrix({ seed: 3, ...world }),
  someMatrix({ seed: 4, ...world, like: x }),
];
const labels = Array.from({ length: world.columns }, (_, column) => `b${Math.floor(column / 4)}`);
const firstPart = Array.from({ length: world.rows }, (_, row) => row < 4);
const statistics = [fisherMean(0), fisherMean(1), meanDifference(0, 1), meanLean(2, firstPart)];

async function run(name: MatrixBackendName, settings: Partial<GroupBootstrapInput> = {}) {
  const backend = await loadMatrixBackend({ order: [name] });
  const base = { x, models, columnGroups: labels, statistics, replicates: 400 };
  return groupBootstrap({ ...base, random: createRandom(11), backend, ...settings });
}

/** The same draws, with columns really repeated, in float64. */
function directly(replicates: number): number[][] {
  const columns = Array.from({ length: world.columns }, (_, column) => column);
  const draws = drawReplicates({
    count: replicates,
    groups: 9,
    rows: world.rows,
    resampleRows: true,
    random: createRandom(11),
  });
  const common = x.present.map((p, cell) =>
    models.reduce((all, model) => all & (model.present[cell] ?? 0), p),
  );
  return Array.from({ length: replicates }, (_, k) => {
    const drawn = columns.flatMap((column) =>
      Array.from({ length: draws.groupWeights[k * 9 + Math.floor(column / 4)] ?? 0 }, () => column),
    );
    const r = models.map((model) =>
      Array.from({ length: world.rows }, (_, row) => {
        const cells = drawn
          .map((column) => row * world.columns + column)
          .filter((cell) => common[cell] === 1);
        return pearson(
          cells.map((cell) => x.values[cell] ?? 0),
          cells.map((cell) => model.values[cell] ?? 0),
        ).r;
      }),
    );
    const rows = Array.from({ length: world.rows }, (_, row) => row).flatMap((row) =>
      Array.from({ length: draws.rowWeights[k * world.rows + row] ?? 0 }, () => row),
    );
    const over = (model: number, chosen: readonly number[]) =>
      chosen.reduce((sum, row) => sum + (r[model]?.[row] ?? 99), 0) / chosen.length;
    const west = rows.filter((row) => row < 4);
    const others = rows.filter((row) => row >= 4);
    return [
      meanCorrelation(rows.map((row) => r[0]?.[row] ?? null)).mean ?? 99,
      meanCorrelation(rows.map((row) => r[1]?.[row] ?? null)).mean ?? 99,
      over(0, rows) - over(1, rows),
      over(2, west) - over(2, others),
    ];
  });
}

describe.each(BACKENDS)('groupBootstrap on %s', (name) => {
  it('agrees within 1e-5 with columns and rows really repeated, in float64', async () => {
    const found = await run(name);
    const expected = directly(400);
    expect(found).toMatchObject({ scope: 'columns-and-rows', groups: 9, backend: name });
    for (const [place, estimate] of found.estimates.entries()) {
      const values = expected.map((row) => row[place] ?? 99).filter((value) => !Number.isNaN(value));
      const direct = percentileInterval(Float64Array.from(values));
      expect(estimate.reason).toBeNull();
      expect(estimate.replicates).toBe(values.length);
      expect(Math.abs((estimate.interval?.low ?? 9) - direct.low)).toBeLessThan(1e-5);
      expect(Math.abs((estimate.interval?.high ?? 9) - direct.high)).toBeLessThan(1e-5);
    }
  });

  it('computes in float64 what float32 would get wrong, and counts it', async () => {
    // One column far away from the rest: without its group the rest hardly varies beside it.
    const far = {
      ...x,
      values: x.values.map((value, cell) => (cell % world.columns === 0 ? 1e7 : value / 1000)),
      present: x.present.map((_, cell) => (cell % world.columns === 0 ? 1 : (x.present[cell] ?? 0))),
    };
    const one = models[0] as MaskedMatrix;
    const found = await run(name, { x: far, models: [one], statistics: [fisherMean(0)] });
    expect(found.inFloat64).toBeGreaterThan(100);
    expect(found.estimates[0]?.interval?.low).toBeLessThan(found.estimates[0]?.estimate ?? -9);
  });
});

describe('groupBootstrap', () => {
  it('has its point estimates from the data as they are, in float64', async () => {
    const found = await run('plain', { models: models.slice(0, 1), statistics: [fisherMean(0)] });
    const r = Array.from({ length: world.rows }, (_, row) => {
      const cells = Array.from({ length: world.columns }, (_, column) => row * world.columns + column).filter(
        (cell) => x.present[cell] === 1 && models[0]?.present[cell] === 1,
      );
      return pearson(
        cells.map((cell) => x.values[cell] ?? 0),
        cells.map((cell) => models[0]?.values[cell] ?? 0),
      ).r;
    });
    expect(found.estimates[0]?.estimate).toBeCloseTo(meanCorrelation(r).mean ?? 9, 14);
  });

  it('gives the same numbers for the same seed, whatever is asked beside', async () => {
    const whole = await run('plain');
    expect(await run('plain')).toEqual(whole);
    expect((await run('plain', { statistics: statistics.slice(1, 2) })).estimates[0]).toEqual(
      whole.estimates[1],
    );
    const other = await run('plain', { random: createRandom(12) });
    expect(other.estimates[0]?.interval).not.toEqual(whole.estimates[0]?.interval);
    expect(other.estimates[0]?.estimate).toBe(whole.estimates[0]?.estimate);
  });

  it('keeps fewer than eight rows as they are, and on demand', async () => {
    const firstRows = (matrix: MaskedMatrix, rows: number): MaskedMatrix => ({
      rows,
      columns: matrix.columns,
      values: matrix.values.slice(0, rows * matrix.columns),
      present: matrix.present.slice(0, rows * matrix.columns),
    });
    const few = await run('plain', {
      x: firstRows(x, 7),
      models: models.map((model) => firstRows(model, 7)),
      statistics: [fisherMean(0)],
    });
    expect(few.scope).toBe('columns');
    const fixed = await run('plain', { resampleRows: false });
    expect(fixed.scope).toBe('columns');
    const weightsSeen = new Set<number>();
    const spy: CorrelationStatistic = (r, weights) => {
      for (let row = 0; row < r.columns; row += 1) {
        weightsSeen.add(weights[row] ?? -1);
      }
      return 0;
    };
    await run('plain', { resampleRows: false, statistics: [spy] });
    expect([...weightsSeen]).toEqual([1]);
  });

  it('leaves out rows without r, and counts replicates without the statistic', async () => {
    const [one] = models as [MaskedMatrix];
    const flat = { ...one, values: one.values.map((value, cell) => (cell < world.columns ? 0.5 : value)) };
    const found = await run('plain', { models: [flat], statistics: [fisherMean(0)] });
    expect(found.estimates[0]).toMatchObject({ undefinedReplicates: 0, reason: null });
    expect(found.inFloat64).toBe(0);
    // A part of one row is missing from (8/9)^9 = 35 % of the replicates.
    const onlySecond = Array.from({ length: world.rows }, (_, row) => row === 1);
    const lean = await run('plain', { models: [one], statistics: [meanLean(0, onlySecond)] });
    const missing = lean.estimates[0]?.undefinedReplicates ?? 0;
    expect(missing).toBeGreaterThan(90);
    expect(missing).toBeLessThan(190);
    expect(lean.estimates[0]?.replicates).toBe(400 - missing);
  });

  it('shows the point without an interval for too few groups, and where a statistic is undefined', async () => {
    const five = labels.map((_, column) => `b${column % 5}`);
    const found = await run('plain', { columnGroups: five, terms: { columnGroups: 'batteries' } });
    expect(found.estimates[0]).toMatchObject({
      interval: null,
      replicates: 0,
      reason: 'only 5 batteries; an interval over batteries needs at least 6',
    });
    expect(found.estimates[0]?.estimate).not.toBeNull();
    const none = await run('plain', { statistics: [() => null] });
    expect(none.estimates[0]).toMatchObject({
      estimate: null,
      interval: null,
      reason: 'the statistic is undefined',
    });
  });

  it('takes no r from fewer than three different columns, however often they are drawn', async () => {
    // Of six single columns two at most are drawn in 2 % of the replicates; their r would be 1 or -1.
    // No three of these points lie on a line: their r never exceeds .994.
    const rows = (values: readonly number[]) => maskedMatrix(Array.from({ length: 8 }, () => values));
    let perfect = 0;
    let missing = 0;
    const spy: CorrelationStatistic = (r) => {
      perfect += r.values.filter((value, place) => r.present[place] === 1 && Math.abs(value) > 0.9999).length;
      missing += r.present.filter((present) => present === 0).length;
      return 0;
    };
    await run('plain', {
      x: rows([0, 1, 2, 3, 4, 5]),
      models: [rows([1, 0, 3, 2, 6, 1])],
      columnGroups: ['1', '2', '3', '4', '5', '6'],
      statistics: [spy],
    });
    expect(perfect).toBe(0);
    expect(missing).toBeGreaterThan(0);
  });

  it('does not count a group that nobody answered', async () => {
    const gone = { ...x, present: x.present.map((p, cell) => ((cell % world.columns) % 36 < 4 ? 0 : p)) };
    const found = await run('plain', { x: gone });
    expect(found.groups).toBe(8);
  });

  it('refuses what cannot be resampled', async () => {
    await expect(run('plain', { columnGroups: ['a'] })).rejects.toThrow(
      'expected one group for each of 36, got 1.',
    );
    await expect(run('plain', { replicates: 99 })).rejects.toThrow(
      'groupBootstrap needs a whole number of at least 100 replicates, got 99.',
    );
    await expect(run('plain', { models: [maskedMatrix([[1]])] })).rejects.toThrow('need the same shape');
    await expect(run('plain', { level: 2 })).rejects.toThrow('between 0 and 1, got 2.');
  });

  it('computes 10,000 replicates of 12 models, 55 x 205, within 5 seconds of one core', async () => {
    const large = { rows: 55, columns: 205, missing: 0.03 };
    const people = someMatrix({ seed: 5, ...large });
    const twelve = Array.from({ length: 12 }, (_, k) => someMatrix({ seed: 6 + k, ...large, like: people }));
    const backend = await loadMatrixBackend();
    // Processor time, so that other work on the machine does not count.
    const before = process.cpuUsage();
    const found = await groupBootstrap({
      x: people,
      models: twelve,
      columnGroups: Array.from({ length: 205 }, (_, column) => `b${Math.floor(column / 3.4)}`),
      statistics: twelve.map((_, model) => fisherMean(model)),
      random: createRandom(1),
      backend,
    });
    const { user, system } = process.cpuUsage(before);
    expect(found.estimates.every((estimate) => estimate.replicates === 10_000)).toBe(true);
    expect((user + system) / 1e6).toBeLessThan(5);
  });
});
