import type { Difference } from '../records.js';

/**
 * How far a peer's option log-probabilities lie from those of the reference, both in the order of the prompts.
 *
 * @param found null, or no number at all, where the peer did not tell an option: counted as missing
 */
export function compareLogProbs(
  reference: { readonly name: string; readonly logProbs: readonly (readonly (number | null)[])[] },
  found: readonly (readonly (number | null)[])[],
): Difference {
  const differences: number[] = [];
  let missing = 0;
  for (const [prompt, wanted] of reference.logProbs.entries()) {
    for (const [option, logProb] of wanted.entries()) {
      const own = found[prompt]?.[option] ?? null;
      if (own === null || logProb === null) {
        missing += 1;
      } else {
        differences.push(Math.abs(own - logProb));
      }
    }
  }
  const sorted = [...differences].sort((one, other) => one - other);
  return {
    reference: reference.name,
    options: differences.length,
    missing,
    median: sorted[sorted.length >> 1] ?? Number.NaN,
    // Not the last of the sorted ones: a NaN has no place in an order, and must not get lost.
    largest: differences.length === 0 ? Number.NaN : differences.reduce((one, other) => Math.max(one, other)),
  };
}
