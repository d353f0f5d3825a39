/**
 * Number of nodes of the prefix tree over token sequences: the tokens that have to be computed at least once.
 *
 * Sorted, each sequence adds the tokens beyond what it shares with the one before it.
 */
export function distinctTokens(sequences: readonly (readonly number[])[]): number {
  const sorted = [...sequences].sort(byTokens);
  return sorted.reduce(
    (sum, sequence, index) => sum + sequence.length - sharedLength(sequence, sorted[index - 1] ?? []),
    0,
  );
}

/** Length of the common prefix of two token sequences. */
export function sharedLength(one: readonly number[], other: readonly number[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) {
    length += 1;
  }
  return length;
}

/** How long the tails of prompts are: the tokens after what all prompts of a group have in common. */
export interface TailLengths {
  readonly mean: number;
  readonly longest: number;
}

/**
 * Tails of the prompts of each group (the countries of one item).
 *
 * @param groups token ids of the prompts of each group; none may be empty
 */
export function tailLengths(groups: readonly (readonly (readonly number[])[])[]): TailLengths {
  const tails = groups.flatMap((group) => {
    const first = group[0] ?? [];
    const shared = Math.min(...group.map((sequence) => sharedLength(sequence, first)));
    return group.map((sequence) => sequence.length - shared);
  });
  return { mean: tails.reduce((sum, tail) => sum + tail, 0) / tails.length, longest: Math.max(...tails) };
}

function byTokens(one: readonly number[], other: readonly number[]): number {
  const shared = sharedLength(one, other);
  return (one[shared] ?? -1) - (other[shared] ?? -1);
}
