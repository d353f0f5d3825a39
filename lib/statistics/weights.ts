import { InputError } from '../files/input-error.js';

/**
 * Checks that there is a weight for each value and that none is negative or infinite; 0 leaves a value out.
 *
 * @param name what needs the weights, for the message
 * @throws InputError otherwise
 */
export function requireWeights(name: string, weights: ArrayLike<number>, count: number): void {
  if (weights.length !== count) {
    throw new InputError(`${name} needs one weight for each of ${count} values, got ${weights.length}.`);
  }
  for (let i = 0; i < count; i += 1) {
    const weight = weights[i];
    if (weight === undefined || !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new InputError(
        `${name} needs weights of 0 or more, found ${weight} at place ${i}. Give what is not to count the weight 0.`,
      );
    }
  }
}
