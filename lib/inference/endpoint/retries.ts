import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../files/input-error.js';
import { TransientProblem } from './json-request.js';

/** How patient a client is. */
export interface Patience {
  /** Times that one request is sent. */
  readonly attempts: number;
  /** Seconds before the second attempt; doubled before each further one, up to {@link Patience.longestSeconds}. */
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** Failures in a row, of whichever requests, after which nothing more is sent. */
  readonly failuresInARow: number;
}

export const USUAL_PATIENCE: Patience = {
  ...{ attempts: 6, firstSeconds: 0.5, longestSeconds: 30, failuresInARow: 20 },
};

/** Sends requests again while what went wrong may pass; all requests of a run share one. */
export interface Retrier {
  /**
   * @param what the request in words, for the message
   * @param spread from 0 to 1, different for different requests, so that those that failed together do not come back together
   * @param attempt the request; told how many attempts were made before
   * @throws InputError when the attempts are used up, or too many requests failed in a row
   */
  run<Result>(
    what: string,
    spread: number,
    attempt: (made: number) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>;
}

/** @param pause waits so many seconds; given so that tests need not wait */
export function createRetrier(
  patience: Patience,
  pause: (seconds: number, signal?: AbortSignal) => Promise<void> = sleep,
): Retrier {
  let failures = 0;
  return {
    run: async (what, spread, attempt, signal) => {
      for (let made = 0; ; made += 1) {
        try {
          const result = await attempt(made);
          failures = 0;
          return result;
        } catch (error) {
          if (!(error instanceof TransientProblem)) {
            throw error;
          }
          failures += 1;
          if (made + 1 >= patience.attempts || failures >= patience.failuresInARow) {
            throw givenUp(what, error, { made: made + 1, failures, patience });
          }
          await pause(secondsBefore(made, spread, error, patience), signal);
        }
      }
    },
  };
}

/** Full back-off with jitter: between half and all of the doubled time, or what the server asks for and a little more. */
function secondsBefore(made: number, spread: number, problem: TransientProblem, patience: Patience): number {
  const doubled = Math.min(patience.firstSeconds * 2 ** made, patience.longestSeconds);
  const jittered = doubled * (0.5 + spread / 2);
  return problem.retryAfterSeconds === null ? jittered : problem.retryAfterSeconds + jittered;
}

function givenUp(
  what: string,
  problem: TransientProblem,
  counts: { readonly made: number; readonly failures: number; readonly patience: Patience },
): InputError {
  const { made, failures, patience } = counts;
  const how =
    failures >= patience.failuresInARow && made < patience.attempts
      ? `${failures} requests in a row failed`
      : `${made} attempts failed`;
  return new InputError(
    `${what}: ${how}, the last with "${problem.message}". Expected an answer with log-probabilities. See that the server is up, then ` +
      'repeat the command: what is stored stays, and the run goes on from there.',
  );
}

async function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  await wait(1000 * seconds, undefined, signal === undefined ? {} : { signal });
}
