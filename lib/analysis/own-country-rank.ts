import { crossCorrelation } from '../statistics/cross-correlation.js';
import {
  meanOfMatchedRows,
  type PermutationTest,
  permutationTest,
} from '../statistics/hypothesis-tests/permutation-test.js';
import { cellAt, maskedMatrix } from '../statistics/masked-matrix.js';
import type { MatrixBackend } from '../statistics/matrix-backend.js';
import { createRandom } from '../statistics/random.js';
import { mean } from '../statistics/spread.js';
import type { CellCount } from './agreement-record.js';
import { countCells } from './cell-counts.js';
import { deviation } from './deviation.js';
import { itemMeansOfAllCountries } from './item-means.js';
import { type AgreementInput, scoreGrid } from './score-grid.js';

/** Where a country's own people stand among all countries, seen from the model's profile for that country. */
export interface OwnRank {
  /** ISO3 code. */
  readonly id: string;
  /** r between the model's deviations for the country and those of its own people. */
  readonly r: number | null;
  /** 1 when no other country's people are closer; ties take the middle rank. Null where r is undefined. */
  readonly rank: number | null;
  /** Share of the other countries whose people are further away: 1 is best, .5 is chance. */
  readonly percentile: number | null;
  /** Countries that were ranked, the own one included. */
  readonly among: number;
  readonly reason: string | null;
  readonly cells: CellCount;
}

/** The ranks of all countries. */
export interface OwnCountryRank {
  readonly model: string;
  readonly countries: readonly OwnRank[];
  /** Mean percentile over the countries that have one; null when none has. */
  readonly meanPercentile: number | null;
  readonly n: number;
  readonly undefinedCount: number;
  readonly reason: string | null;
  /**
   * Would the mean of r with the own people be as high if countries were matched at random? One permutation of countries for
   * all items. Where countries of a cultural zone resemble each other its p is too small (Galton's problem).
   */
  readonly permutation: PermutationTest & { readonly seed: number };
  /** The tfjs backend that computed the correlations. */
  readonly backend: string;
}

/** Seed of the permutation test, so that the same answers give the same p. */
export const PERMUTATION_SEED = 1;

/**
 * Does the model's profile for a country resemble that country's people more than other people?
 *
 * For each country, the model's deviations from the human item means are correlated with the deviations of the people of
 * every country, and the own people's place among them is told. Deviations are from the means over *all* countries: with
 * one reference for all, a model that answers every country alike comes out at exactly .5, while leaving each country
 * out in turn would let its own answers leak into its profile.
 */
export async function ownCountryRank(
  input: AgreementInput,
  options: { readonly backend: MatrixBackend },
): Promise<OwnCountryRank> {
  const grid = scoreGrid(input);
  const means = itemMeansOfAllCountries(grid.rows);
  const deviations = (side: 'human' | 'model'): (number | null)[][] =>
    grid.rows.map((row) => row.map((cell, i) => deviation(cell[side], means[i] ?? null)));
  const { r } = await crossCorrelation(
    maskedMatrix(deviations('model')),
    maskedMatrix(deviations('human')),
    options,
  );
  const countries = grid.countries.map(({ iso3 }, c): OwnRank => {
    const cells = countCells(grid.rows[c] ?? []);
    const own = cellAt(r, c, c);
    const all = grid.countries.map((_, k) => cellAt(r, c, k));
    const others = all.filter((value, k) => k !== c && value !== null) as number[];
    if (own === null || others.length === 0) {
      const reason =
        own === null
          ? `r with the own people is undefined (${cells.used} cells, or a side without deviations)`
          : 'no other country to rank against';
      return { id: iso3, r: own, rank: null, percentile: null, among: others.length, reason, cells };
    }
    const closer = others.filter((other) => other > own).length;
    const tied = others.filter((other) => other === own).length;
    return {
      id: iso3,
      r: own,
      rank: 1 + closer + tied / 2,
      percentile: (others.length - closer - tied / 2) / others.length,
      among: others.length + 1,
      reason: null,
      cells,
    };
  });
  const percentiles = countries.flatMap((country) => country.percentile ?? []);
  return {
    model: input.model,
    countries,
    meanPercentile: mean(percentiles),
    n: percentiles.length,
    undefinedCount: countries.length - percentiles.length,
    reason: percentiles.length === 0 ? 'no country has a rank' : null,
    permutation: {
      ...permutationTest({
        n: grid.countries.length,
        statistic: meanOfMatchedRows(r),
        random: createRandom(PERMUTATION_SEED),
      }),
      seed: PERMUTATION_SEED,
    },
    backend: options.backend.name,
  };
}
