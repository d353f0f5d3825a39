import { holm } from '../../../statistics/hypothesis-tests/multiple-testing.js';
import type { SeedContrast } from '../seed-contrast.js';
import type { SeedTrend } from '../seed-trend.js';
import type { SeedValues } from '../seed-values.js';

/** What every factor has: figures of its recipes, and the tests between them. */
export interface FactorTests {
  /** One row for each recipe and figure. */
  readonly arms: readonly SeedValues[];
  readonly trends: readonly SeedTrend[];
  readonly contrasts: readonly SeedContrast[];
}

/**
 * Holm over all tests of a factor, trends and Welch's t together: the more of them, the likelier one finds a difference by
 * chance.
 */
export function withHolm(tests: FactorTests): FactorTests {
  const { trends, contrasts } = tests;
  const adjusted = holm([...trends, ...contrasts].map(({ p }) => p));
  return {
    ...tests,
    trends: trends.map((trend, turn) => ({ ...trend, adjustedP: adjusted[turn] ?? null })),
    contrasts: contrasts.map((contrast, turn) => ({
      ...contrast,
      adjustedP: adjusted[trends.length + turn] ?? null,
    })),
  };
}
