import type { GridCell } from './score-grid.js';

/** Human mean scores: `rows[c][i]` is country c, item i. */
export type HumanRows = readonly (readonly Pick<GridCell, 'human'>[])[];

/**
 * Human mean score of each item over the *other* countries: `means[c][i]` leaves country c out, so that a country is
 * never compared with itself. Null where no other country has a mean score.
 */
export function itemMeansOfOtherCountries(rows: HumanRows): (number | null)[][] {
  const { sums, counts } = sumOverCountries(rows);
  return rows.map((row) =>
    row.map(({ human }, item) => {
      const others = (counts[item] ?? 0) - (human === null ? 0 : 1);
      return others === 0 ? null : ((sums[item] ?? 0) - (human ?? 0)) / others;
    }),
  );
}

/** Human mean score of each item over all countries; null where no country has one. */
export function itemMeansOfAllCountries(rows: HumanRows): (number | null)[] {
  const { sums, counts } = sumOverCountries(rows);
  return Array.from(sums, (sum, item) => {
    const countries = counts[item] ?? 0;
    return countries === 0 ? null : sum / countries;
  });
}

function sumOverCountries(rows: HumanRows): { sums: Float64Array; counts: Int32Array } {
  const items = rows[0]?.length ?? 0;
  const sums = new Float64Array(items);
  const counts = new Int32Array(items);
  for (const row of rows) {
    for (const [item, { human }] of row.entries()) {
      if (human !== null) {
        sums[item] = (sums[item] ?? 0) + human;
        counts[item] = (counts[item] ?? 0) + 1;
      }
    }
  }
  return { sums, counts };
}
