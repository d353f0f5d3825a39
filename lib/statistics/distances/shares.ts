import { InputError } from '../../files/input-error.js';

/** Published shares are rounded, so their sum may miss 1 by this much; they are divided by their sum. */
const SUM_TOLERANCE = 1e-3;

/**
 * Checks that numbers are shares of one whole and makes their sum exactly 1.
 *
 * @param name what needs the shares, for the message
 * @throws InputError for no shares, a negative one, or a sum further than .001 from 1
 */
export function requireShares(name: string, shares: ArrayLike<number>): Float64Array {
  let sum = 0;
  for (let place = 0; place < shares.length; place += 1) {
    const share = shares[place];
    if (share === undefined || !(share >= 0)) {
      throw new InputError(`${name} needs shares of 0 or more, found ${share} at place ${place}.`);
    }
    sum += share;
  }
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
    throw new InputError(
      `${name} needs shares that sum to 1, got ${shares.length} shares with sum ${sum}. Divide them by their sum.`,
    );
  }
  return Float64Array.from(shares, (share) => share / sum);
}
