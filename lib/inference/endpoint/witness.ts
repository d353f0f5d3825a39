import { InputError } from '../../files/input-error.js';
import type { ServerWitness } from '../../types.js';
import type { Spread } from '../self-test.js';
import type { SequenceReader } from '../sequence-reader.js';
import { withinTolerance } from '../tolerance.js';
import type { EncodedText } from './check-server.js';

/**
 * Questions that models differ in: several answers are likely after each of them. What a server says after them tells whether it
 * still serves what it served.
 */
export const WITNESS_TEXTS: readonly string[] = [
  'Question: What matters most in life?\nA. Family\nB. Work\nC. Friends\nD. Faith\nAnswer:',
  'Question: How often do people trust strangers?\nA. Always\nB. Often\nC. Seldom\nD. Never\nAnswer:',
  'In the evening, most people like to',
  'The best thing about my country is',
];

/** Half precision and other neighbours in a batch move log-probabilities by some hundredths; other weights by far more. */
export const SAME_WEIGHTS: Spread = { median: 0.05, largest: 0.5 };

/** What is said after each text: the most probable tokens. */
export async function readWitness(
  reader: SequenceReader,
  texts: readonly EncodedText[],
): Promise<ServerWitness[]> {
  const readings = await reader.read(
    texts.map(({ tokenIds }) => ({ tokenIds, reads: [{ place: tokenIds.length - 1, tokenIds: [] }] })),
  );
  return texts.map(({ text }, index) => ({ text, top: readings[index]?.[0]?.topTokens ?? [] }));
}

/**
 * How far what is said now is from what was said: over the tokens that were among the most probable both times. Infinite where a
 * text has none in common.
 */
export function witnessSpread(before: readonly ServerWitness[], now: readonly ServerWitness[]): Spread {
  const differences = before.flatMap(({ text, top }) => {
    const other = now.find((one) => one.text === text)?.top ?? [];
    const both = top.flatMap(({ tokenId, logProb }) => {
      const same = other.find((token) => token.tokenId === tokenId);
      return same === undefined ? [] : [Math.abs(same.logProb - logProb)];
    });
    return both.length === 0 ? [Number.POSITIVE_INFINITY] : both;
  });
  differences.sort((one, other) => one - other);
  return { median: differences[differences.length >> 1] ?? 0, largest: differences.at(-1) ?? 0 };
}

/** @throws InputError when a server says something else than it did before */
export function requireSameWeights(spread: Spread, what: string, wayOut: string): void {
  if (!withinTolerance(spread, SAME_WEIGHTS)) {
    const found =
      spread.largest === Number.POSITIVE_INFINITY
        ? 'after one of a few fixed texts, none of the most probable tokens is the same'
        : `log-probabilities of the same tokens after a few fixed texts differ by ${spread.median.toFixed(2)} nats in the median and by ` +
          `${spread.largest.toFixed(2)} at most`;
    throw new InputError(
      `${what}: ${found}. Expected differences of at most ${SAME_WEIGHTS.median} and ${SAME_WEIGHTS.largest}, as much as rounding makes. ${wayOut}`,
    );
  }
}
