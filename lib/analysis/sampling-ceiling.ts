import { mean, standardDeviation } from '../statistics/spread.js';
import type { HumanAnswers } from '../survey/human-answers.js';
import type { Country, Item } from '../types.js';

/** How high r could be if a model knew the true mean scores, people having been sampled. Means of what is defined. */
export interface SamplingCeiling {
  /** By how much the variance of a sampled mean exceeds that of a simple random sample of as many people. */
  readonly designEffect: number;
  /** Of r over items, mean over countries. */
  readonly r: number | null;
  /** Of r across countries, mean over items. */
  readonly withinItems: number | null;
}

/** Design effects that country surveys are usually found between, and 1 for a simple random sample. */
export const DESIGN_EFFECTS: readonly number[] = [1, 2, 4];

/**
 * The ceiling that the sampling of people sets: the correlation of true and sampled means is the root of the reliability
 *
 *   1 - mean of the sampling variances / variance of the sampled means
 *
 * (attenuation, Spearman 1904). The sampling variance of a mean score is design effect x variance of the scores / people
 * asked; where answer shares are not known, the item's variance in countries where they are, else its largest possible one.
 */
export function samplingCeilings(
  people: {
    readonly human: HumanAnswers;
    readonly items: readonly Item[];
    readonly countries: readonly Country[];
  },
  designEffects = DESIGN_EFFECTS,
): SamplingCeiling[] {
  const rows = sampledCells(people);
  const columns = people.items.map((_, i) => rows.flatMap((row) => row[i] ?? []));
  const filled = rows.map((row) => row.filter((cell) => cell !== null));
  return designEffects.map((designEffect) => ({
    designEffect,
    r: mean(filled.flatMap((cells) => ceilingOf(cells, designEffect) ?? [])),
    withinItems: mean(columns.flatMap((cells) => ceilingOf(cells, designEffect) ?? [])),
  }));
}

interface SampledCell {
  readonly score: number;
  /** Variance of its mean score under simple random sampling. */
  readonly variance: number;
}

function ceilingOf(cells: readonly SampledCell[], designEffect: number): number | null {
  const spread = standardDeviation(cells.map(({ score }) => score));
  const noise = mean(cells.map(({ variance }) => variance));
  if (spread === null || noise === null || spread === 0 || cells.length < 3) {
    return null;
  }
  return Math.sqrt(Math.max(0, 1 - (designEffect * noise) / spread ** 2));
}

function sampledCells({
  human,
  items,
  countries,
}: Parameters<typeof samplingCeilings>[0]): (SampledCell | null)[][] {
  const variances = items.map((item) =>
    mean(countries.flatMap(({ iso3 }) => varianceOfScores(human, item, iso3) ?? [])),
  );
  return countries.map(({ iso3 }) =>
    items.map((item, i) => {
      const cell = human.answer(iso3, item.variable);
      const score = cell?.meanScore ?? null;
      if (cell === null || score === null) {
        return null;
      }
      const variance = varianceOfScores(human, item, iso3) ?? variances[i] ?? 1 - score ** 2;
      return { score, variance: variance / cell.respondents };
    }),
  );
}

/** Variance of single people's scores; null where their shares are not known. */
function varianceOfScores(human: HumanAnswers, item: Item, country: string): number | null {
  const shares = human.answer(country, item.variable)?.shares ?? null;
  const scores = new Map(item.options.map(({ code, score }) => [code, score]));
  let sum = 0;
  let squares = 0;
  for (const { code, share } of shares ?? []) {
    const score = scores.get(code) ?? null;
    if (score === null) {
      return null;
    }
    sum += share * score;
    squares += share * score ** 2;
  }
  return shares === null ? null : squares - sum ** 2;
}
