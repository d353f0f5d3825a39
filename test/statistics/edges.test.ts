import { describe, expect, it } from 'vitest';
import { InputError } from '../../lib/files/input-error.js';
import { meanAbsoluteError } from '../../lib/statistics/absolute-error.js';
import { calibration } from '../../lib/statistics/calibration.js';
import { concordance } from '../../lib/statistics/concordance.js';
import { deviationCorrelation, pearson } from '../../lib/statistics/correlation.js';
import { wasserstein } from '../../lib/statistics/distances/wasserstein.js';
import { meanCorrelation } from '../../lib/statistics/fisher.js';
import { benjaminiHochberg, holm } from '../../lib/statistics/hypothesis-tests/multiple-testing.js';
import { welch } from '../../lib/statistics/hypothesis-tests/welch.js';
import { linearRegression } from '../../lib/statistics/linear-regression.js';
import { slopeOnLog10 } from '../../lib/statistics/log-slope.js';
import { maskedMatrix } from '../../lib/statistics/masked-matrix.js';
import { spearman } from '../../lib/statistics/rank-correlation.js';
import { tInterval } from '../../lib/statistics/student-t.js';
import { weightedPearson } from '../../lib/statistics/weighted-correlation.js';
import { oracle } from './edges-oracle.js';

/** The package's answer, except that fewer than three pairs are never enough here. */
function expectAnswer(
  found: { value: number | null; reason: string | null },
  said: number | null,
  n: number,
) {
  if (said === null || n < 3) {
    expect(found.value).toBeNull();
    expect(found.reason).toMatch(/^only \d pairs|same for all/);
  } else {
    expect(found.value).toBeCloseTo(said, 12);
    expect(found.reason).toBeNull();
  }
}

describe('at the edges, where scipy and statsmodels answer NaN there is null with a reason', () => {
  const complete = oracle.pairs.filter(({ x }) => !x.includes(null));

  it('the cases hold one pair, two pairs, ties and constants', () => {
    expect(oracle.pairs).toHaveLength(10);
    expect(complete.filter(({ pearson: r, x }) => r === null && x.length > 2)).toHaveLength(3);
  });

  it.each(complete)('correlations: $name', ({ y, ...entry }) => {
    const x = entry.x as readonly number[];
    const weights = x.map(() => 2.5);
    const of = ({ r, reason }: { r: number | null; reason: string | null }) => ({ value: r, reason });
    expectAnswer(of(pearson(x, y)), entry.pearson, x.length);
    expectAnswer(of(spearman(x, y)), entry.spearman, x.length);
    expectAnswer(of(weightedPearson({ x, y, weights })), entry.weighted, x.length);
  });

  it.each(complete)('the calibration line: $name', ({ y, ...entry }) => {
    const x = entry.x as readonly number[];
    const { slope, offset, reason } = calibration({ observed: x, predicted: y });
    expectAnswer({ value: slope, reason }, entry.slope, x.length);
    expectAnswer({ value: offset, reason }, entry.offset, x.length);
  });

  it.each(oracle.welch)("Welch's t: $first against $second", ({ first, second, t, p }) => {
    const found = welch({ first, second });
    if (t === null || p === null) {
      expect(found).toMatchObject({ t: null, p: null, interval: null });
      expect(found.reason).toMatch(/at least 2 in each|both samples are constant/);
    } else {
      expect(found.t).toBeCloseTo(t, 12);
      expect(found.p).toBeCloseTo(p, 10);
    }
  });
});

describe('a missing value, which makes scipy answer NaN', () => {
  const entry = oracle.pairs.find(({ x }) => x.includes(null));
  const x = (entry?.x ?? []).map((value) => value ?? Number.NaN);
  const y = entry?.y ?? [];
  const statistics: readonly [string, () => unknown][] = [
    ['pearson', () => pearson(x, y)],
    ['spearman', () => spearman(y, x)],
    ['concordance', () => concordance(x, y)],
    ['weightedPearson', () => weightedPearson({ x: y, y: x, weights: [1, 0, 1, 1] })],
    ['deviationCorrelation', () => deviationCorrelation({ x: y, y, reference: x })],
    ['meanAbsoluteError', () => meanAbsoluteError(x, y)],
    ['calibration', () => calibration({ observed: x, predicted: y })],
    ['linearRegression', () => linearRegression({ x: y, y: x })],
    ['slopeOnLog10', () => slopeOnLog10({ sizes: x, values: y })],
    ['slopeOnLog10', () => slopeOnLog10({ sizes: y, values: x })],
    ['welch', () => welch({ first: y, second: x })],
    ['meanCorrelation', () => meanCorrelation(x)],
    ['maskedMatrix', () => maskedMatrix([x])],
  ];

  it.each(statistics)('is refused by %s', (_, compute) => {
    expect(entry).toMatchObject({ pearson: null, spearman: null, slope: null, weighted: null });
    expect(compute).toThrow(InputError);
    expect(compute).toThrow(/(found|got) (.* )?NaN/);
  });
});

describe('at the edges, scipy and statsmodels agree', () => {
  it.each(oracle.levels)("on Student's t at level $level for $df degrees of freedom", (entry) => {
    const { high } = tInterval({ estimate: 0, standardError: 1, df: entry.df, level: entry.level });
    expect(high / entry.quantile).toBeCloseTo(1, 11);
  });

  it.each(oracle.regression)('on a line through $x and $y, at level .9', ({ x, y, slope, low, high }) => {
    const found = linearRegression({ x, y, level: 0.9 });
    expect(found.slope).toBeCloseTo(slope, 12);
    expect(found.interval?.low).toBeCloseTo(low, 10);
    expect(found.interval?.high).toBeCloseTo(high, 10);
  });

  it.each(oracle.adjustment)('on adjusted p of $p', (entry) => {
    for (const [place, strict] of entry.holm.entries()) {
      expect(holm(entry.p)[place]).toBeCloseTo(strict, 15);
      expect(benjaminiHochberg(entry.p)[place]).toBeCloseTo(entry.benjaminiHochberg[place] ?? 9, 15);
    }
  });

  it.each(oracle.distances)('on the distance over positions $positions', ({ positions, p, q, ...entry }) => {
    expect(wasserstein({ positions, p, q })).toBeCloseTo(entry.wasserstein, 12);
  });
});
