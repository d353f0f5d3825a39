import { type MaskedMatrix, maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import type { RandomGenerator } from '../../../lib/statistics/random.js';
import { normalNumbers } from '../../../lib/statistics/simulation/normal-numbers.js';

/** How countries of a world differ in which nothing that a model says of a country has to do with its people. */
export interface NullPlan {
  readonly rows: number;
  readonly items: number;
  /** Directions in which countries differ, the same for people and model (from traditional to secular). */
  readonly factors: number;
  /** Countries of one zone have a part of their place on each factor in common. */
  readonly zones: number;
  /** Share of the variance of a country's place on a factor that is its zone's: 0 makes countries exchangeable. */
  readonly zoneShare: number;
}

/** Scores of countries x items. */
export interface NullWorld {
  readonly people: readonly (readonly number[])[];
  readonly model: readonly (readonly number[])[];
}

/**
 * Both sides have the item means and the factors in common; where a country stands on a factor is drawn for each side
 * apart, and so is the noise of each cell.
 */
export function nullWorld(plan: NullPlan, random: RandomGenerator): NullWorld {
  const normal = normalNumbers(random);
  const some = (count: number): number[] => Array.from({ length: count }, normal);
  const itemMeans = some(plan.items);
  const factors = Array.from({ length: plan.factors }, () => some(plan.items));
  const side = (): number[][] => {
    const ofZone = Array.from({ length: plan.zones }, () => some(plan.factors));
    return Array.from({ length: plan.rows }, (_, row) => {
      const zone = ofZone[row % plan.zones] ?? [];
      const places = some(plan.factors).map(
        (own, k) => Math.sqrt(plan.zoneShare) * (zone[k] ?? 0) + Math.sqrt(1 - plan.zoneShare) * own,
      );
      return itemMeans.map((mean, item) =>
        places.reduce((sum, place, k) => sum + place * (factors[k]?.[item] ?? 0), mean + normal()),
      );
    });
  };
  return { people: side(), model: side() };
}

/** Deviations of both sides from people's item means. */
export function deviationsOf({ people, model }: NullWorld): { people: MaskedMatrix; model: MaskedMatrix } {
  const means = (people[0] ?? []).map(
    (_, item) => people.reduce((sum, row) => sum + (row[item] ?? 0), 0) / people.length,
  );
  const from = (rows: NullWorld['people']): MaskedMatrix =>
    maskedMatrix(rows.map((row) => row.map((score, item) => score - (means[item] ?? 0))));
  return { people: from(people), model: from(model) };
}

/** Share of p at or below a level. */
export function rejectionShare(p: readonly number[], level: number): number {
  return p.filter((value) => value <= level).length / p.length;
}

/** Largest distance between the distribution of p and the uniform one over 1/steps, 2/steps, ... 1. */
export function distanceFromUniform(p: readonly number[], steps: number): number {
  return Math.max(
    ...Array.from({ length: steps }, (_, k) =>
      Math.abs(rejectionShare(p, (k + 1.5) / steps) - (k + 1) / steps),
    ),
  );
}
