import type { EncodedPrompt, OptionReading } from '../types.js';
import { logSoftmax, logSumExp, topTokens } from './log-softmax.js';

/** How many of the most probable next tokens are kept as evidence with every reading. */
export const TOP_TOKENS = 5;

/** Reads one prompt's options from the logits of its last position. */
export function readOptions(logits: Float64Array, prompt: EncodedPrompt): OptionReading {
  const logProbs = logSoftmax(logits);
  if (logProbs === null) {
    return { kind: 'unreadable', reason: 'the model returned NaN or infinite logits' };
  }
  const optionLogProbs: number[] = [];
  for (const { tokenId, text } of prompt.optionTokens) {
    const logProb = logProbs[tokenId];
    if (logProb === undefined) {
      return {
        kind: 'unreadable',
        reason: `token ${tokenId} of option ${JSON.stringify(text)} is outside the vocabulary`,
      };
    }
    if (!Number.isFinite(logProb)) {
      return {
        kind: 'unreadable',
        reason: `the model gives option ${JSON.stringify(text)} no probability at all`,
      };
    }
    optionLogProbs.push(logProb);
  }
  return {
    kind: 'read',
    optionLogProbs,
    optionLogMass: logSumExp(optionLogProbs),
    topTokens: topTokens(logProbs, TOP_TOKENS),
  };
}
