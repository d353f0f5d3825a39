import { LONGEST_RETRY_AFTER } from '../network/retry-after.js';
import { HubFailure } from './hub-failure.js';
import { pause } from './pause.js';

/** Failures in a row, nothing having arrived in between, after which the user is told. */
const MOST_FAILURES = 5;
const FIRST_WAIT_SECONDS = 0.5;

/**
 * Does something again while it fails in a way that may pass: after a time that doubles and is drawn at random, so that many who
 * failed together do not come back together, or after the time that the server names.
 *
 * @param options.arrived counts what has arrived; where it grows the failures before do not count
 * @param options.onMessage told before each further attempt
 * @throws HubFailure the last one
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  options: {
    readonly arrived?: () => number;
    readonly onMessage: (line: string) => void;
    readonly signal: AbortSignal | undefined;
  },
): Promise<T> {
  let failures = 0;
  let before = options.arrived?.() ?? 0;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HubFailure) || !error.facts.isPassing) {
        throw error;
      }
      const now = options.arrived?.() ?? 0;
      failures = now > before ? 1 : failures + 1;
      before = now;
      const wait =
        error.facts.retryAfter ?? FIRST_WAIT_SECONDS * 2 ** (failures - 1) * (0.5 + Math.random() / 2);
      if (failures >= MOST_FAILURES || wait > LONGEST_RETRY_AFTER) {
        throw error;
      }
      options.onMessage(`${error.facts.problem}; trying again in ${wait.toFixed(1)} s`);
      await pause(1000 * wait, options.signal);
    }
  }
}
