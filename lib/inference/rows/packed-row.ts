import type { SequenceToRead } from '../sequence-reader.js';
import { depthFirstOrder } from './depth-first-order.js';

/** Many sequences in one row: their prefix tree, depth-first, every token once. */
export interface PackedRow {
  /** `[places]` */
  readonly tokenIds: Int32Array;
  /** `[places]` Position of each token in its sequences, from 0. */
  readonly depths: Int32Array;
  /** `[places]` Place of the token before, -1 for a first token. A token sees itself and its ancestors, nothing else. */
  readonly parents: Int32Array;
  /** The places that are read, each once. */
  readonly reads: readonly RowRead[];
  /** For each sequence given and each of its reads: where in {@link reads} its numbers will stand. */
  readonly answers: readonly (readonly RowAnswer[])[];
}

/** A place of a row and the tokens whose log-probabilities are wanted there. */
export interface RowRead {
  readonly place: number;
  readonly tokenIds: readonly number[];
}

/** Numbers `first` ... `first + count - 1` of a read. */
export interface RowAnswer {
  readonly read: number;
  readonly first: number;
  readonly count: number;
}

/**
 * Packs sequences into one row.
 *
 * Sequences that share a beginning share its places. Several reads at one place become one, so that the output layer works
 * once for it.
 */
export function packRow(sequences: readonly SequenceToRead[]): PackedRow {
  const { order, shared } = depthFirstOrder(sequences.map(({ tokenIds }) => tokenIds));
  const tokenIds: number[] = [];
  const depths: number[] = [];
  const parents: number[] = [];
  const reads: { place: number; tokenIds: number[] }[] = [];
  const readAtPlace = new Map<number, number>();
  const answers: RowAnswer[][] = sequences.map(() => []);
  /** Places of the sequence at hand, by depth; its beginning is what it shares with the one before. */
  let path: number[] = [];
  for (const [turn, index] of order.entries()) {
    const sequence = sequences[index] ?? { tokenIds: [], reads: [] };
    path = path.slice(0, shared[turn]);
    for (const tokenId of sequence.tokenIds.slice(path.length)) {
      parents.push(path[path.length - 1] ?? -1);
      depths.push(path.length);
      path.push(tokenIds.length);
      tokenIds.push(tokenId);
    }
    answers[index] = sequence.reads.map((wanted) => {
      const place = path[wanted.place];
      if (place === undefined) {
        throw new RangeError(`place ${wanted.place} of a sequence of ${sequence.tokenIds.length} tokens`);
      }
      const read = readAtPlace.get(place) ?? reads.push({ place, tokenIds: [] }) - 1;
      readAtPlace.set(place, read);
      const tokens = reads[read]?.tokenIds ?? [];
      const first = tokens.length;
      tokens.push(...wanted.tokenIds);
      return { read, first, count: wanted.tokenIds.length };
    });
  }
  return {
    tokenIds: Int32Array.from(tokenIds),
    depths: Int32Array.from(depths),
    parents: Int32Array.from(parents),
    reads,
    answers,
  };
}
