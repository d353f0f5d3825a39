import { InputError } from '../../files/input-error.js';
import { requireEqualLength } from '../equal-length.js';
import { requireShares } from './shares.js';

/**
 * Wasserstein-1 distance (earth mover's distance) of two distributions over the same options on a line: the area between
 * their cumulative shares. An option's score is its place on the line, so moving all people from one end of [-1, 1] to the
 * other costs 2.
 *
 * @param input.positions of the options, in any order (their scores); options at the same place are one
 * @param input.p shares of the options, summing to 1 up to rounding
 * @param input.q the same of the other side
 * @returns 0 or more, in the units of the positions
 * @throws InputError for lists of different length, positions that are not finite, and numbers that are no shares
 */
export function wasserstein(input: {
  readonly positions: ArrayLike<number>;
  readonly p: ArrayLike<number>;
  readonly q: ArrayLike<number>;
}): number {
  const { positions } = input;
  requireEqualLength('wasserstein', positions, input.p);
  requireEqualLength('wasserstein', positions, input.q);
  const p = requireShares('wasserstein', input.p);
  const q = requireShares('wasserstein', input.q);
  const order = Array.from({ length: positions.length }, (_, option) => option);
  for (const option of order) {
    if (!Number.isFinite(positions[option])) {
      throw new InputError(
        `wasserstein needs finite positions, found ${positions[option]} at place ${option}.`,
      );
    }
  }
  order.sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  let distance = 0;
  let ahead = 0;
  for (const [k, option] of order.entries()) {
    ahead += (p[option] ?? 0) - (q[option] ?? 0);
    const here = positions[option] ?? 0;
    const next = positions[order[k + 1] ?? option] ?? here;
    distance += Math.abs(ahead) * (next - here);
  }
  return distance;
}
