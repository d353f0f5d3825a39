import type { PlaceReading, SequenceReader, SequenceToRead } from './sequence-reader.js';

/** Small ids exist in every vocabulary; which tokens they are does not matter, only that sequences differ. */
const VOCABULARY_FLOOR = 200;
const LISTED_TOKENS = 48;
/** Tokens of the longest sequence where nothing bounds it. */
const LONGEST = 30;

/** How far two ways of reading the same sequences are apart, in nats. */
export interface Spread {
  readonly median: number;
  readonly largest: number;
}

/**
 * The sequences of the self-test: a small prefix tree with everything that a packed row must get right. Shared beginnings
 * of several lengths, branches beside each other, a sequence that is the beginning of another, two roots, two of one length.
 *
 * @param given.longest tokens that a sequence may have, for models that see only so far back
 */
export function trialSequences(given: {
  readonly vocabularySize: number;
  readonly longest: number;
}): SequenceToRead[] {
  const { vocabularySize } = given;
  const floor = Math.min(VOCABULARY_FLOOR, vocabularySize);
  const tokens = (seed: number, length: number): number[] =>
    Array.from({ length }, (_, place) => (7 + 31 * seed + 17 * (place + 1) * (seed + 1)) % floor);
  const part = (share: number): number => Math.max(1, Math.floor(share * Math.min(LONGEST, given.longest)));
  const trunk = tokens(1, part(0.6));
  const limb = [...trunk, ...tokens(2, part(0.2))];
  const other = tokens(3, part(0.6));
  const sequences = [
    trunk,
    [...trunk, ...tokens(4, 1)],
    [...trunk, ...tokens(5, part(0.15))],
    [...limb, ...tokens(6, part(0.1))],
    [...limb, ...tokens(7, part(0.2))],
    [...other, ...tokens(8, part(0.1))],
    [...other, ...tokens(9, part(0.2))],
    [...other, ...tokens(10, part(0.2))],
  ];
  const listed = Array.from({ length: LISTED_TOKENS }, (_, rank) =>
    Math.floor((rank * vocabularySize) / LISTED_TOKENS),
  );
  return sequences.map((tokenIds) => ({
    tokenIds,
    // The last place is what prompts are read at; the one in the middle stands for the tokens of an answer text.
    reads: [tokenIds.length >> 1, tokenIds.length - 1].map((place) => ({ place, tokenIds: listed })),
  }));
}

/** Reads each sequence by itself. */
export async function readAlone(
  reader: SequenceReader,
  sequences: readonly SequenceToRead[],
): Promise<PlaceReading[][]> {
  const readings: PlaceReading[][] = [];
  for (const sequence of sequences) {
    readings.push(...(await reader.read([sequence])));
  }
  return readings;
}

/**
 * Median and largest difference of a log-probability between two readings of the same sequences.
 *
 * Infinite where only one of the two has a number; minus infinity on both sides (tokens that an export masks) counts as equal.
 */
export function spreadBetween(
  one: readonly (readonly PlaceReading[])[],
  other: readonly (readonly PlaceReading[])[],
): Spread {
  const differences: number[] = [];
  for (const [index, readings] of one.entries()) {
    for (const [read, { logProbs }] of readings.entries()) {
      for (const [token, logProb] of logProbs.entries()) {
        const second = other[index]?.[read]?.logProbs[token] ?? Number.NaN;
        const difference = logProb === second ? 0 : Math.abs(logProb - second);
        differences.push(Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
      }
    }
  }
  differences.sort((a, b) => a - b);
  return {
    median: differences[differences.length >> 1] ?? 0,
    largest: differences[differences.length - 1] ?? 0,
  };
}

/** Whether a model returned no distribution for ordinary tokens. */
export function hasNaN(readings: readonly (readonly PlaceReading[])[]): boolean {
  return readings.some((places) => places.some(({ logProbs }) => logProbs.some(Number.isNaN)));
}
