import { InputError } from '../../files/input-error.js';
import type { Patience } from '../../network/back-off.js';
import type { KnownServer } from './recognise-server.js';
import type { AnswerGate } from './replicas.js';
import { TransientProblem } from './request-problems.js';
import { createRetrier, GivenUp, type Retrier, SHORT_PATIENCE } from './retries.js';
import { requireUnchanged, type ServerBefore } from './unchanged.js';

/** How long it may take to find out whether a server still is what it was. Whoever stops a run does not wait for long. */
export type Haste = 'patient' | 'hurried';

/** Sees to it that nothing is taken for a server's answer that it may have given with other weights. */
export interface ServerWatch extends AnswerGate {
  readonly server: KnownServer;
  /**
   * Makes sure that the server is unchanged, if it has answered since the last time.
   *
   * @throws GivenUp when that cannot be told; InputError when it has changed
   */
  confirm(haste: Haste): Promise<void>;
}

/** How a watch asks its server again. */
export interface WatchSettings {
  /** Of the run: what a patient check is asked with. */
  readonly retrier: Retrier;
  readonly onNotice: (line: string) => void;
  /** Of each request, where answers wait for the check or somebody does; {@link SHORT_PATIENCE} by default. */
  readonly patience?: Patience | undefined;
  /** What a check in a hurry takes at most, all its requests together; {@link hurriedSeconds} by default. */
  readonly hurriedSeconds?: number | undefined;
}

/**
 * Seconds that a check in a hurry takes at most: 10, or for a slow server up to 30.
 *
 * @param witnessSeconds how long it took to ask the texts of the witness when the server was connected to
 */
export function hurriedSeconds(witnessSeconds: number): number {
  return Math.min(30, Math.max(10, 3 * witnessSeconds));
}

export function watchServer(before: ServerBefore, settings: WatchSettings): ServerWatch {
  const { server } = before;
  const { retrier, onNotice, patience = SHORT_PATIENCE } = settings;
  const { signal } = retrier;
  // An answer is held back meanwhile: a check that a passing refusal could fail would cost it again and again.
  const short = createRetrier(patience, { signal, onNotice });
  const seconds = settings.hurriedSeconds ?? hurriedSeconds(before.witnessSeconds);
  // Losses met, and how many of them came before the server was last found unchanged.
  let losses = 0;
  let settled = 0;
  let hasAnswered = false;
  let checking: Promise<void> | undefined;
  const check = async (): Promise<void> => {
    const known = losses;
    try {
      await requireUnchanged(before, short);
      settled = known;
    } catch (error) {
      throw error instanceof GivenUp ? error.problem : error;
    } finally {
      checking = undefined;
    }
  };
  const checkInHurry = async (): Promise<void> => {
    // Without the signal that ends a run: what was read until then is worth a last question.
    const deadline = AbortSignal.timeout(1000 * seconds);
    try {
      await requireUnchanged(before, createRetrier(patience, { signal: deadline, onNotice }));
    } catch (error) {
      throw deadline.aborted && !(error instanceof InputError) ? tooSlow(server, seconds) : error;
    }
  };
  return {
    server,
    lost: () => {
      losses += 1;
    },
    answered: async () => {
      const known = losses;
      while (settled < known) {
        checking ??= check();
        await checking;
      }
      hasAnswered = true;
    },
    confirm: async (haste) => {
      if (!hasAnswered) {
        return;
      }
      hasAnswered = false;
      const known = losses;
      try {
        await (haste === 'patient' ? requireUnchanged(before, retrier) : checkInHurry());
      } catch (error) {
        losses += 1;
        if (haste === 'hurried' || signal?.aborted !== true) {
          throw error;
        }
        // Stopped in the midst of asking.
        await checkInHurry();
      }
      settled = known;
    },
  };
}

function tooSlow({ address }: KnownServer, seconds: number): GivenUp {
  const problem = `no answer to all within ${seconds} s`;
  return new GivenUp(
    `Asking ${address.base} again: ${problem}. Expected to hear whether it still serves what it served.`,
    new TransientProblem(problem),
  );
}
