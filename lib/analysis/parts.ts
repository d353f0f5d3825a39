import type { Category, Country } from '../types.js';
import type { MeanAgreement, PartAgreement, UnitCorrelation, WesternLean } from './agreement-record.js';
import type { ScoreGrid } from './score-grid.js';
import { correlationsByCountry, meanOfCorrelations } from './unit-correlations.js';

/** Means over the countries of each continent (or zone) of the r that each country has over all items. */
export function byCountryPart(
  grid: ScoreGrid,
  correlations: readonly UnitCorrelation[],
  partOf: (country: Country) => string,
): PartAgreement[] {
  const ids = [...new Set(grid.countries.map(partOf))].sort((a, b) => a.localeCompare(b, 'en'));
  return ids.map((id) => {
    const countries = correlations.filter((_, c) => {
      const country = grid.countries[c];
      return country !== undefined && partOf(country) === id;
    });
    return { id, items: grid.items.length, countries, ...meanOfCorrelations(countries, 'countries') };
  });
}

/** r of each country over the items of each category, and its mean over countries; in the order of the categories. */
export function byCategory(grid: ScoreGrid, categories: readonly Category[]): PartAgreement[] {
  return byItemPart(
    grid,
    categories.map((category) => ({ id: category.id, categories: [category.id] })),
  );
}

/** The same over the items of each group; categories without a group are left out. */
export function byGroup(grid: ScoreGrid, categories: readonly Category[]): PartAgreement[] {
  const groups = new Map<string, string[]>();
  for (const { id, group } of categories) {
    if (group !== null) {
      groups.set(group, [...(groups.get(group) ?? []), id]);
    }
  }
  return byItemPart(
    grid,
    [...groups].map(([id, members]) => ({ id, categories: members })),
  );
}

/** How much better the model agrees with Western countries than with the others. */
export function westernLean(grid: ScoreGrid, correlations: readonly UnitCorrelation[]): WesternLean {
  const western = meanOfCorrelations(
    correlations.filter((_, c) => grid.countries[c]?.western === true),
    'Western countries',
  );
  const others = meanOfCorrelations(
    correlations.filter((_, c) => grid.countries[c]?.western === false),
    'other countries',
  );
  return { ...difference(western, others), western, others };
}

function difference(western: MeanAgreement, others: MeanAgreement): Pick<WesternLean, 'lean' | 'reason'> {
  return western.plainMean === null || others.plainMean === null
    ? { lean: null, reason: western.reason ?? others.reason }
    : { lean: western.plainMean - others.plainMean, reason: null };
}

interface ItemPart {
  readonly id: string;
  readonly categories: readonly string[];
}

/** Parts without an item in the grid are not listed. */
function byItemPart(grid: ScoreGrid, parts: readonly ItemPart[]): PartAgreement[] {
  return parts.flatMap(({ id, categories }) => {
    const places = [...grid.items.keys()].filter((i) => categories.includes(grid.items[i]?.category ?? ''));
    if (places.length === 0) {
      return [];
    }
    const countries = correlationsByCountry(grid, places);
    return [{ id, items: places.length, countries, ...meanOfCorrelations(countries, 'countries') }];
  });
}
