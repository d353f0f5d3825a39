import { describe, expect, it } from 'vitest';
import { welch } from '../../../lib/statistics/hypothesis-tests/welch.js';
import { oracle } from '../intervals-oracle.js';

describe('welch', () => {
  it.each(oracle.welch)('agrees with scipy and statsmodels: $first against $second', (entry) => {
    const found = welch({ first: Object.freeze(entry.first), second: Object.freeze(entry.second) });
    expect(found.t).toBeCloseTo(entry.t, 10);
    expect(found.df).toBeCloseTo(entry.df, 10);
    expect(found.p).toBeCloseTo(entry.p, 10);
    expect(found.interval?.low).toBeCloseTo(entry.low, 9);
    expect(found.interval?.high).toBeCloseTo(entry.high, 9);
    expect(found.reason).toBeNull();
  });

  it('turns its sign with the samples', () => {
    const [entry] = oracle.welch;
    const first = entry?.first ?? [];
    const second = entry?.second ?? [];
    const one = welch({ first, second });
    const other = welch({ first: second, second: first });
    expect(other.t).toBeCloseTo(-(one.t ?? 9), 12);
    expect(other.interval?.low).toBeCloseTo(-(one.interval?.high ?? 9), 12);
  });

  it('shows the difference alone, with the reason, where nothing tells its error', () => {
    const none = { interval: null, t: null, df: null, p: null };
    expect(welch({ first: [3], second: [1, 2] })).toEqual({
      ...none,
      difference: 1.5,
      reason: 'samples of 1 and 2 values; a t test needs at least 2 in each',
    });
    expect(welch({ first: [], second: [1, 2] }).difference).toBeNull();
    expect(welch({ first: [2, 2], second: [1, 1] })).toEqual({
      ...none,
      difference: 1,
      reason: 'both samples are constant, so nothing tells how far means vary',
    });
  });

  it('refuses what is no number, and a level that is none', () => {
    expect(() => welch({ first: [1, Number.NaN], second: [1, 2] })).toThrow(
      'welch needs finite numbers, found NaN.',
    );
    expect(() => welch({ first: [1, 2], second: [1, 2], level: 0 })).toThrow('between 0 and 1, got 0.');
  });
});
