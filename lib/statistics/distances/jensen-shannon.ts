import { requireEqualLength } from '../equal-length.js';
import { requireShares } from './shares.js';

/**
 * Jensen-Shannon divergence in bits (logarithm to base 2): the mean Kullback-Leibler divergence of both distributions from
 * their average (Lin 1991, IEEE Transactions on Information Theory 37, 145-151). It does not see the order of the options.
 *
 * The *divergence*, not its square root, which some libraries call the Jensen-Shannon distance.
 *
 * @param p shares of the options, summing to 1 up to rounding
 * @param q the same of the other side
 * @returns from 0 (equal shares) to 1 (no option in common)
 * @throws InputError for lists of different length and numbers that are no shares
 */
export function jensenShannon(p: ArrayLike<number>, q: ArrayLike<number>): number {
  requireEqualLength('jensenShannon', p, q);
  const a = requireShares('jensenShannon', p);
  const b = requireShares('jensenShannon', q);
  let divergence = 0;
  for (const [option, left] of a.entries()) {
    const right = b[option] ?? 0;
    const middle = (left + right) / 2;
    divergence += (informationLost(left, middle) + informationLost(right, middle)) / 2;
  }
  return Math.min(1, Math.max(0, divergence));
}

/** A share of 0 adds nothing. */
function informationLost(share: number, approximation: number): number {
  return share === 0 ? 0 : share * Math.log2(share / approximation);
}
