import { FEWEST_PAIRS } from '../statistics/correlation.js';
import { mean, standardDeviation } from '../statistics/spread.js';
import type { HumanAnswers } from '../survey/human-answers.js';
import type { Country, Item } from '../types.js';

/**
 * How high r could be if a model knew the true mean scores, people having been sampled and nothing else gone wrong
 * (translation, who answers, how). Plain means of what is defined.
 */
export interface SamplingCeiling {
  /** By how much the variance of a sampled mean exceeds that of a simple random sample of as many people. */
  readonly designEffect: number;
  /** Of r over items, mean over countries. */
  readonly r: number | null;
  /** Of deviation r, mean over countries. */
  readonly deviationR: number | null;
  /** Of r across countries, mean over items. */
  readonly withinItems: number | null;
  /** Countries and items left out of the three, because sampling alone would explain more than they differ. */
  readonly undefinedCount: number;
  /** Cells, and those among them whose variance is taken from other countries, their answer shares not being known. */
  readonly cells: number;
  readonly imputedCells: number;
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
  const means = columns.map((cells) => mean(cells.map(({ score }) => score)) ?? 0);
  const countries = rows.map((row) => row.filter((cell) => cell !== null));
  const deviating = rows.map((row) =>
    row.flatMap((cell, i) => (cell === null ? [] : [{ ...cell, score: cell.score - (means[i] ?? 0) }])),
  );
  const all = countries.flat();
  return designEffects.map((designEffect) => {
    const r = countries.map((cells) => ceilingOf(cells, designEffect, varianceOf(cells)));
    const deviationR = deviating.map((cells) => ceilingOf(cells, designEffect, meanSquare(cells)));
    const withinItems = columns.map((cells) => ceilingOf(cells, designEffect, varianceOf(cells)));
    return {
      designEffect,
      r: mean(r.filter(isDefined)),
      deviationR: mean(deviationR.filter(isDefined)),
      withinItems: mean(withinItems.filter(isDefined)),
      undefinedCount: [...r, ...deviationR, ...withinItems].filter((value) => !isDefined(value)).length,
      cells: all.length,
      imputedCells: all.filter(({ isImputed }) => isImputed).length,
    };
  });
}

interface SampledCell {
  readonly score: number;
  /** Variance of its mean score under simple random sampling. */
  readonly variance: number;
  readonly isImputed: boolean;
}

function isDefined(value: number | null): value is number {
  return value !== null;
}

/** @param spread variance of the sampled scores. @returns null where sampling would explain more than that */
function ceilingOf(
  cells: readonly SampledCell[],
  designEffect: number,
  spread: number | null,
): number | null {
  const noise = mean(cells.map(({ variance }) => variance));
  const isUndefined = spread === null || noise === null || cells.length < FEWEST_PAIRS;
  return isUndefined || designEffect * noise >= spread
    ? null
    : Math.sqrt(1 - (designEffect * noise) / spread);
}

function varianceOf(cells: readonly SampledCell[]): number | null {
  const deviation = standardDeviation(cells.map(({ score }) => score));
  return deviation === null ? null : deviation ** 2;
}

/** Deviations are from the item means and have none of their own to be taken away. */
function meanSquare(cells: readonly SampledCell[]): number | null {
  return mean(cells.map(({ score }) => score ** 2));
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
      // Without a number of people there is no sampling variance to speak of.
      if (cell === null || score === null || cell.respondents === null) {
        return null;
      }
      const own = varianceOfScores(human, item, iso3);
      const variance = own ?? variances[i] ?? 1 - score ** 2;
      return { score, variance: variance / cell.respondents, isImputed: own === null };
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
