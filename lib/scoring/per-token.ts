import type { Reading } from '../types.js';
import { renormalise } from './probabilities.js';

/**
 * Answer-text readings with the mean log-probability of a token in place of the sum over all of them, so that a long text is not
 * less probable for its length alone. p̂ is renormalised from the means.
 *
 * A reading that lacks the number of tokens of its texts is unscored, with the reason; other unscored readings stay so.
 */
export function perToken(readings: readonly Reading[]): Reading[] {
  return readings.map((reading) => {
    const { status, optionLogProbs, optionTokenCounts } = reading;
    if (status === 'unscored') {
      return reading;
    }
    if (optionTokenCounts === null) {
      return {
        ...reading,
        ...{ status: 'unscored', reason: 'the number of tokens of its answer texts is not known' },
        ...{ optionCodes: [], optionTokenIds: [], optionLogProbs: [], optionProbabilities: [] },
        meanScore: null,
      };
    }
    const means = optionLogProbs.map((logProb, place) => logProb / (optionTokenCounts[place] ?? Number.NaN));
    // The stored mean score is that of the sums; scores are taken from p̂ when the option orders are joined.
    return { ...reading, optionLogProbs: means, optionProbabilities: renormalise(means), meanScore: null };
  });
}
