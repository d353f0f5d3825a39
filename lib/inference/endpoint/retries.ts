import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../files/input-error.js';
import { type Patience, secondsBefore } from '../../network/back-off.js';
import { LONGEST_RETRY_AFTER } from '../../network/retry-after.js';
import { TransientProblem } from './request-problems.js';

/** Outlasts a minute of trouble. */
export const USUAL_PATIENCE: Patience = { attempts: 8, firstSeconds: 0.5, longestSeconds: 30 };

/** Outlasts a passing refusal, and a few seconds of trouble. */
export const SHORT_PATIENCE: Patience = { attempts: 4, firstSeconds: 0.5, longestSeconds: 4 };

/** The attempts of a request are used up, or the server wants to be left alone for long. */
export class GivenUp extends InputError {
  /** @param problem what the last attempt met */
  constructor(
    message: string,
    readonly problem: TransientProblem,
  ) {
    super(message);
  }
}

/** Sends requests again while what went wrong may pass; all requests of a run share one. */
export interface Retrier {
  /**
   * @param what the request in words, for the message
   * @param spread from 0 to 1, different for different requests, so that those that failed together do not come back together
   * @param attempt the request; told how many attempts were made before
   * @throws GivenUp when the attempts are used up, or the server wants to be left alone for long
   */
  run<Result>(what: string, spread: number, attempt: (made: number) => Promise<Result>): Promise<Result>;
  /** Ends every waiting, and is handed to every request. */
  readonly signal: AbortSignal | undefined;
}

/** What {@link createRetrier} depends on beside its patience. */
export interface RetrierSettings {
  readonly signal?: AbortSignal | undefined;
  /** Told of trouble in plain words, at most every ten seconds. */
  readonly onNotice?: (line: string) => void;
  /** Waits so many seconds; given so that tests need not wait. */
  readonly pause?: (seconds: number, signal?: AbortSignal) => Promise<void>;
}

const NOTICE_MILLISECONDS = 10_000;

export function createRetrier(patience: Patience, settings: RetrierSettings = {}): Retrier {
  const { signal, onNotice = () => {}, pause = sleep } = settings;
  let lastNotice = Number.NEGATIVE_INFINITY;
  return {
    signal,
    run: async (what, spread, attempt) => {
      for (let made = 0; ; made += 1) {
        try {
          return await attempt(made);
        } catch (error) {
          if (!(error instanceof TransientProblem)) {
            throw error;
          }
          const { retryAfterSeconds } = error;
          const seconds = secondsBefore(patience, { failures: made + 1, retryAfterSeconds, spread });
          if (seconds === null) {
            throw givenUp(what, error, made + 1);
          }
          if (Date.now() - lastNotice >= NOTICE_MILLISECONDS) {
            lastNotice = Date.now();
            onNotice(`${what}: ${error.message}; trying again in ${seconds.toFixed(1)} s.`);
          }
          await pause(seconds, signal);
        }
      }
    },
  };
}

function givenUp(what: string, problem: TransientProblem, made: number): GivenUp {
  const asked =
    problem.retryAfterSeconds !== null && problem.retryAfterSeconds > LONGEST_RETRY_AFTER
      ? `, and it wants to be asked again in ${Math.round(problem.retryAfterSeconds)} s only`
      : '';
  return new GivenUp(
    `${what}: ${made} attempts failed, the last with "${problem.message}"${asked}. Expected an answer with log-probabilities. See that the ` +
      'server is up, then repeat the command: what is stored stays, and the run goes on from there.',
    problem,
  );
}

async function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  await wait(1000 * seconds, undefined, signal === undefined ? {} : { signal });
}
