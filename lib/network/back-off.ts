import { LONGEST_RETRY_AFTER } from './retry-after.js';

/** How patient a client is. */
export interface Patience {
  /** Failures in a row after which nothing more is sent. */
  readonly attempts: number;
  /** Seconds before the second attempt; doubled before each further one, up to {@link Patience.longestSeconds}. */
  readonly firstSeconds: number;
  readonly longestSeconds: number;
}

/**
 * Seconds to wait before the next attempt, with jitter: between half and all of the doubled time, counted from when the server
 * wants to be asked again. Null where nothing more is to be sent.
 *
 * @param failure.failures failures in a row so far, from 1
 * @param failure.retryAfterSeconds what the server asks for; null where it says nothing
 * @param failure.spread from 0 to 1, different for different requests, so that those that failed together do not come back together
 */
export function secondsBefore(
  { attempts, firstSeconds, longestSeconds }: Patience,
  failure: {
    readonly failures: number;
    readonly retryAfterSeconds: number | null;
    readonly spread: number;
  },
): number | null {
  const { failures, spread } = failure;
  const asked = failure.retryAfterSeconds ?? 0;
  if (failures >= attempts || asked > LONGEST_RETRY_AFTER) {
    return null;
  }
  return asked + Math.min(firstSeconds * 2 ** (failures - 1), longestSeconds) * (0.5 + spread / 2);
}
