import type { RandomGenerator } from '../random.js';

/** Standard normal numbers, two from each pair of uniform ones (Box and Muller 1958). */
export function normalNumbers(random: RandomGenerator): () => number {
  let kept: number | null = null;
  return () => {
    if (kept !== null) {
      const second = kept;
      kept = null;
      return second;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    const angle = 2 * Math.PI * random.uniform();
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
