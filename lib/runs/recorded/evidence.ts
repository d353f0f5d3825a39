import type { RecordedReading } from '../../inference/replay.js';
import { createRandom, randomPermutation } from '../../statistics/random.js';

/** Readings of which some keep their most probable tokens. */
export interface RecordedEvidence {
  readonly readings: readonly RecordedReading[];
  readonly withTopTokens: number;
}

/**
 * Keeps the most probable tokens of some readings and drops those of all others: as evidence a sample is enough, and all
 * of them would be most of the file.
 *
 * @param sample.rows number of readings that keep them; all, where there are fewer that have any
 * @param sample.seed of the draw, in which every reading that has top tokens is equally likely
 */
export function keepEvidence(
  readings: readonly RecordedReading[],
  sample: { readonly rows: number; readonly seed: number },
): RecordedEvidence {
  const having = readings.flatMap(({ topTokens }, place) => (topTokens.length > 0 ? [place] : []));
  const order = randomPermutation(having.length, createRandom(sample.seed));
  const drawn = new Set([...order.subarray(0, sample.rows)].map((place) => having[place]));
  return {
    readings: readings.map((reading, place) => (drawn.has(place) ? reading : { ...reading, topTokens: [] })),
    withTopTokens: drawn.size,
  };
}
