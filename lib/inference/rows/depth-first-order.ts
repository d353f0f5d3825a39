/** Token sequences sorted so that those with a common beginning stand together: the prefix tree, read depth-first. */
export interface DepthFirstOrder {
  /** Numbers of the sequences, in lexicographic order of their tokens; equal sequences in the order given. */
  readonly order: Int32Array;
  /** `shared[i]`: how many first tokens sequence `order[i]` shares with `order[i - 1]`; 0 for the first. */
  readonly shared: Int32Array;
}

/**
 * Sorts token sequences depth-first.
 *
 * The nodes of the prefix tree are never made: each sequence adds the tokens behind those that it shares with the one
 * before it, and that is all a plan or a row needs to know.
 */
export function depthFirstOrder(sequences: readonly (readonly number[])[]): DepthFirstOrder {
  const order = Int32Array.from(sequences.keys());
  const at = (index: number): readonly number[] => sequences[index] ?? [];
  order.sort((one, other) => compareTokens(at(one), at(other)) || one - other);
  const shared = new Int32Array(order.length);
  for (let place = 1; place < order.length; place += 1) {
    shared[place] = commonBeginning(at(order[place - 1] ?? 0), at(order[place] ?? 0));
  }
  return { order, shared };
}

/** Number of nodes of the prefix tree: tokens that must be computed at least once. */
export function distinctTokens(sequences: readonly (readonly number[])[], tree: DepthFirstOrder): number {
  return tree.order.reduce(
    (sum, index, place) => sum + (sequences[index]?.length ?? 0) - (tree.shared[place] ?? 0),
    0,
  );
}

function commonBeginning(one: readonly number[], other: readonly number[]): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) {
    length += 1;
  }
  return length;
}

function compareTokens(one: readonly number[], other: readonly number[]): number {
  const length = commonBeginning(one, other);
  return (one[length] ?? -1) - (other[length] ?? -1);
}
