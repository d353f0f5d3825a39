import { type Patience, secondsBefore } from '../network/back-off.js';
import { HubFailure } from './hub-failure.js';
import { pause } from './pause.js';

// Failures count in a row: nothing has arrived in between.
const PATIENCE: Patience = { attempts: 5, firstSeconds: 0.5, longestSeconds: 4 };

/**
 * Does something again while it fails in a way that may pass.
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
      const retryAfterSeconds = error.facts.retryAfter ?? null;
      const wait = secondsBefore(PATIENCE, { failures, retryAfterSeconds, spread: Math.random() });
      if (wait === null) {
        throw error;
      }
      options.onMessage(`${error.facts.problem}; trying again in ${wait.toFixed(1)} s`);
      await pause(1000 * wait, options.signal);
    }
  }
}
