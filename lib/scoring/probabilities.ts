/**
 * Renormalises option log-probabilities over the options: p̂_k = p_k / sum_j p_j.
 *
 * @param logProbs natural logarithms, finite, at least one
 * @returns probabilities that sum to 1
 */
export function renormalise(logProbs: readonly number[]): number[] {
  const largest = Math.max(...logProbs);
  const weights = logProbs.map((logProb) => Math.exp(logProb - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** A probability with the score of its option; null for options without an order. */
export interface ScoredProbability {
  readonly probability: number;
  readonly score: number | null;
}

/**
 * The model's mean score: sum_k p̂_k s_k, in [-1, 1].
 *
 * @returns null when an option has no score (nominal items cannot carry a mean)
 */
export function meanScore(options: readonly ScoredProbability[]): number | null {
  let sum = 0;
  for (const { probability, score } of options) {
    if (score === null) {
      return null;
    }
    sum += probability * score;
  }
  return sum;
}
