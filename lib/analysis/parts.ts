import type { Category, Country, Item } from '../types.js';
import type {
  MeanAgreement,
  MeanInterval,
  PartAgreement,
  UnitCorrelation,
  WesternLean,
} from './agreement-record.js';
import { meanRInterval, westernLeanInterval } from './mean-interval.js';
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
    const interval = meanRInterval(grid, { countries: (country) => partOf(country) === id });
    const mean = meanOfCorrelations(countries, { what: 'countries', interval });
    return { id, items: grid.items.length, countries, ...mean };
  });
}

/** r of each country over the items of each category, and its mean over countries; in the order of the categories. */
export function byCategory(grid: ScoreGrid, categories: readonly Category[]): PartAgreement[] {
  return byItemPart(
    grid,
    categories.map((category) => ({ id: category.id, categories: [category.id], unit: 'item' })),
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
    [...groups].map(([id, members]) => ({ id, categories: members, unit: 'battery' })),
  );
}

/** How much better the model agrees with Western countries than with the others. */
export function westernLean(grid: ScoreGrid, correlations: readonly UnitCorrelation[]): WesternLean {
  const side = (isWestern: boolean, what: string): MeanAgreement =>
    meanOfCorrelations(
      correlations.filter((_, c) => grid.countries[c]?.western === isWestern),
      { what, interval: meanRInterval(grid, { countries: (country) => country.western === isWestern }) },
    );
  const western = side(true, 'Western countries');
  const others = side(false, 'other countries');
  return { ...difference(western, others), interval: westernLeanInterval(grid), western, others };
}

function difference(western: MeanAgreement, others: MeanAgreement): Pick<WesternLean, 'lean' | 'reason'> {
  return western.plainMean === null || others.plainMean === null
    ? { lean: null, reason: western.reason ?? others.reason }
    : { lean: western.plainMean - others.plainMean, reason: null };
}

interface ItemPart {
  readonly id: string;
  readonly categories: readonly string[];
  readonly unit: MeanInterval['unit'];
}

/** Parts without an item in the grid are not listed. */
function byItemPart(grid: ScoreGrid, parts: readonly ItemPart[]): PartAgreement[] {
  return parts.flatMap(({ id, categories, unit }) => {
    const belongs = (item: Item): boolean => categories.includes(item.category);
    const places = [...grid.items.keys()].filter((i) => belongs(grid.items[i] as Item));
    if (places.length === 0) {
      return [];
    }
    const countries = correlationsByCountry(grid, places);
    const interval = meanRInterval(grid, { items: belongs, unit });
    return [
      {
        id,
        items: places.length,
        countries,
        ...meanOfCorrelations(countries, { what: 'countries', interval }),
      },
    ];
  });
}
