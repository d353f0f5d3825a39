import type { RandomGenerator } from '../../lib/statistics/random.js';

/**
 * A profile whose Pearson correlation with a human profile is r, exactly: r h + sqrt(1 - r^2) e, h the human profile
 * centred and normed, e noise orthogonal to h and to constants and normed. Scaled so that no value is beyond `reach`.
 */
export function plantedProfile(
  human: readonly number[],
  r: number,
  parts: { random: RandomGenerator; reach: number },
): number[] {
  const h = normed(centred(human));
  const noise = centred(human.map(() => parts.random.uniform() - 0.5));
  const e = normed(minus(noise, h, dot(noise, h)));
  const profile = h.map((value, place) => r * value + Math.sqrt(1 - r * r) * (e[place] ?? 0));
  const largest = Math.max(...profile.map(Math.abs));
  return profile.map((value) => (parts.reach * value) / largest);
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0);
}

function minus(values: readonly number[], direction: readonly number[], times: number): number[] {
  return values.map((value, place) => value - times * (direction[place] ?? 0));
}

function normed(values: readonly number[]): number[] {
  const norm = Math.sqrt(dot(values, values));
  return values.map((value) => value / norm);
}
