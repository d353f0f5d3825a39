import { describe, expect, it } from 'vitest';
import { orderedTrend } from '../../../lib/statistics/hypothesis-tests/ordered-trend.js';
import { createRandom } from '../../../lib/statistics/random.js';

const random = createRandom(5);

describe('a trend over ordered groups', () => {
  it('is 1 where every later group lies higher, with the exact p of the outermost arrangement', () => {
    // 5! / (2! 1! 2!) = 30 arrangements; the one observed and its mirror image are the most extreme.
    const found = orderedTrend({ groups: [[1, 2], [3], [4, 5]], random });
    expect(found).toMatchObject({ trend: 1, kind: 'exact', arrangements: 30, p: 2 / 30, smallestP: 2 / 30 });
  });

  it('does not care about the order inside a group and turns its sign with the order of groups', () => {
    const up = orderedTrend({ groups: [[2, 1], [5, 3], [4]], random });
    const down = orderedTrend({ groups: [[4], [3, 5], [1, 2]], random });
    // Pairs of different groups: 4 + 2 + 2; only 5 against 4 falls: (7 - 1) / 8.
    expect(up.trend).toBeCloseTo(6 / 8, 12);
    expect(down.trend).toBeCloseTo(-6 / 8, 12);
    expect(down.p).toBeCloseTo(up.p ?? 9, 12);
  });

  it('of two groups is the permutation of the Mann-Whitney statistic', () => {
    // Of 6 choices of 2 ranks out of 4 for the second group, U is 4 once: p = 2 / 6.
    expect(
      orderedTrend({
        groups: [
          [1, 2],
          [3, 4],
        ],
        random,
      }),
    ).toMatchObject({ trend: 1, p: 2 / 6 });
    // U = 3 and more: {3,4} and {2,4}: one-sided 2 of 6.
    expect(
      orderedTrend({
        groups: [
          [1, 3],
          [2, 4],
        ],
        random,
        alternative: 'greater',
      }),
    ).toMatchObject({
      trend: 0.5,
      p: 2 / 6,
    });
  });

  it('counts ties as neither up nor down', () => {
    expect(
      orderedTrend({
        groups: [
          [1, 1],
          [1, 1],
        ],
        random,
      }),
    ).toMatchObject({ trend: 0, p: 1 });
  });

  it('draws arrangements where there are too many to list', () => {
    const groups = [0, 1, 2, 3].map((group) => Array.from({ length: 5 }, (_, k) => group + k / 10));
    const found = orderedTrend({ groups, random: createRandom(1) });
    expect(found).toMatchObject({ trend: 1, kind: 'random', arrangements: 19_999 });
    expect(found.p).toBeCloseTo(2 / 20_000, 12);
  });

  it('leaves out empty groups, and has no p with fewer than two', () => {
    expect(orderedTrend({ groups: [[1, 2], [], [3]], random }).trend).toBe(1);
    expect(orderedTrend({ groups: [[1, 2], []], random })).toMatchObject({
      trend: null,
      p: null,
      reason: 'only 1 groups with values, a trend needs at least 2',
    });
    expect(() => orderedTrend({ groups: [[1], [Number.NaN]], random })).toThrow('found NaN');
  });
});
