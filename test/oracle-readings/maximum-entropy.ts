/**
 * The distribution over options of given scores that has a given mean and the most entropy: p_k proportional to
 * exp(lambda s_k), lambda by Newton's method inside a bisection.
 *
 * @param mean strictly between the smallest and the largest score
 * @returns natural logarithms of the probabilities
 */
export function maximumEntropyLogProbs(scores: readonly number[], mean: number): number[] {
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  if (!(mean > least && mean < most)) {
    throw new Error(`no distribution over scores from ${least} to ${most} has the mean ${mean}`);
  }
  let [low, high] = [-1e4, 1e4];
  let lambda = 0;
  for (let step = 0; step < 500; step += 1) {
    const logProbs = logProbsAt(scores, lambda);
    const moment = (power: number): number =>
      scores.reduce((sum, score, k) => sum + score ** power * Math.exp(logProbs[k] ?? 0), 0);
    const error = moment(1) - mean;
    if (Math.abs(error) < 1e-15 || high - low < 1e-14) {
      break;
    }
    if (error > 0) {
      high = lambda;
    } else {
      low = lambda;
    }
    const next = lambda - error / (moment(2) - moment(1) ** 2);
    lambda = next > low && next < high ? next : (low + high) / 2;
  }
  return logProbsAt(scores, lambda);
}

function logProbsAt(scores: readonly number[], lambda: number): number[] {
  const powers = scores.map((score) => lambda * score);
  const largest = Math.max(...powers);
  const total = Math.log(powers.reduce((sum, power) => sum + Math.exp(power - largest), 0)) + largest;
  return powers.map((power) => power - total);
}
