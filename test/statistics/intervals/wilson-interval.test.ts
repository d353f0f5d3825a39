import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { wilsonInterval } from '../../../lib/statistics/intervals/wilson-interval.js';

/** What test/oracle/scipy_proportions.py wrote. */
interface ProportionsOracle {
  readonly wilson: readonly {
    readonly successes: number;
    readonly n: number;
    readonly level: number;
    readonly low: number;
    readonly high: number;
    readonly scipy: readonly [number, number];
  }[];
}

const oracle: ProportionsOracle = JSON.parse(
  readFileSync(projectPath('test', 'oracle', 'scipy_proportions.expected.json'), 'utf8'),
);

describe('wilsonInterval', () => {
  it.each(oracle.wilson)('is that of statsmodels and scipy: $successes of $n, $level', (one) => {
    const { successes, n, level } = one;
    const found = wilsonInterval({ successes, n, level });
    expect(found?.low).toBeCloseTo(one.low, 10);
    expect(found?.high).toBeCloseTo(one.high, 10);
    expect(found?.low).toBeCloseTo(one.scipy[0], 10);
    expect(found?.high).toBeCloseTo(one.scipy[1], 10);
  });

  it('stays within 0 and 1, has level .95 by default, and is none without a case', () => {
    expect(wilsonInterval({ successes: 0, n: 7 })).toMatchObject({ low: 0, level: 0.95 });
    expect(wilsonInterval({ successes: 7, n: 7 })).toMatchObject({ high: 1 });
    expect(wilsonInterval({ successes: 0, n: 0 })).toBeNull();
  });

  it.each([
    [{ successes: 3, n: 2 }, 'no more successes than cases, got 3 of 2'],
    [{ successes: 0.5, n: 2 }, 'got 0.5 of 2'],
    [{ successes: -1, n: 2 }, 'got -1 of 2'],
    [{ successes: 1, n: 2, level: 1 }, 'wilsonInterval needs a confidence level between 0 and 1, got 1'],
  ])('refuses %j', (input, message) => {
    expect(() => wilsonInterval(input)).toThrow(message);
  });
});
