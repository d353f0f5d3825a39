import type { EncodedPrompt, OptionReading } from '../types.js';
import type { PlaceReading, SequenceToRead } from './sequence-reader.js';

/** A prompt as a sequence: all its option tokens, read at its last place. */
export function promptSequence({ tokenIds, optionTokens }: EncodedPrompt): SequenceToRead {
  const wanted = optionTokens.map(({ tokenId }) => tokenId);
  return { tokenIds, reads: [{ place: tokenIds.length - 1, tokenIds: wanted }] };
}

/** Why a prompt's options cannot be read from this model; null when they can. */
export function unreadableOption(prompt: EncodedPrompt, vocabularySize: number): string | null {
  const outside = prompt.optionTokens.find(({ tokenId }) => tokenId < 0 || tokenId >= vocabularySize);
  return outside === undefined
    ? null
    : `token ${outside.tokenId} of option ${JSON.stringify(outside.text)} is outside the vocabulary`;
}

/** What the last place of a prompt says about its options. @param whyNaN what NaN means of this model */
export function readOptions(reading: PlaceReading, prompt: EncodedPrompt, whyNaN: string): OptionReading {
  const optionLogProbs = reading.logProbs;
  if (optionLogProbs.some(Number.isNaN)) {
    return { kind: 'unreadable', reason: reading.problem ?? whyNaN };
  }
  const impossible = optionLogProbs.findIndex((logProb) => !Number.isFinite(logProb));
  if (impossible >= 0) {
    const text = JSON.stringify(prompt.optionTokens[impossible]?.text);
    return { kind: 'unreadable', reason: `the model gives option ${text} no probability at all` };
  }
  return {
    kind: 'read',
    optionLogProbs,
    optionLogMass: logSumExp(optionLogProbs),
    topTokens: reading.topTokens,
  };
}

/** log sum exp of a few log-probabilities: the log of their total probability, at most 0. */
export function logSumExp(logProbs: readonly number[]): number {
  const largest = Math.max(...logProbs);
  return Math.min(0, largest + Math.log(logProbs.reduce((sum, one) => sum + Math.exp(one - largest), 0)));
}
