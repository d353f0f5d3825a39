import type { KnownServer } from './recognise-server.js';
import type { AnswerGate } from './replicas.js';
import { createRetrier, GivenUp, NO_PATIENCE, type Retrier } from './retries.js';
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

const HURRIED_SECONDS = 10;

export function watchServer(before: ServerBefore, retrier: Retrier): ServerWatch {
  const { server } = before;
  const once = createRetrier(NO_PATIENCE, { signal: retrier.signal });
  // Without the signal that ends a run: what was read until then is worth a last question.
  const hurried = createRetrier(NO_PATIENCE);
  const address = {
    ...server.address,
    timeoutSeconds: Math.min(server.address.timeoutSeconds, HURRIED_SECONDS),
  };
  const inHurry = { ...before, server: { ...server, address } };
  // Losses met, and how many of them came before the server was last found unchanged.
  let losses = 0;
  let settled = 0;
  let hasAnswered = false;
  let checking: Promise<void> | undefined;
  const check = async (): Promise<void> => {
    const known = losses;
    try {
      await requireUnchanged(before, once);
      settled = known;
    } catch (error) {
      throw error instanceof GivenUp ? error.problem : error;
    } finally {
      checking = undefined;
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
        await (haste === 'patient' ? requireUnchanged(before, retrier) : requireUnchanged(inHurry, hurried));
      } catch (error) {
        losses += 1;
        if (haste === 'hurried' || retrier.signal?.aborted !== true) {
          throw error;
        }
        // Stopped in the midst of asking.
        await requireUnchanged(inHurry, hurried);
      }
      settled = known;
    },
  };
}

/**
 * Makes sure that all servers are unchanged that have answered since the last time.
 *
 * @returns false where that cannot be told of one of several that work goes on with, or in a hurry: what they answered is unknown
 * @throws GivenUp when none of them answers, InputError when one has changed
 */
export async function confirmServers(
  watches: readonly ServerWatch[],
  haste: Haste,
  onNotice: (line: string) => void,
): Promise<boolean> {
  const ends = await Promise.allSettled(watches.map((watch) => watch.confirm(haste)));
  const failures = ends.flatMap((end, place) =>
    end.status === 'rejected'
      ? [{ reason: end.reason as unknown, base: watches[place]?.server.address.base }]
      : [],
  );
  const changed = failures.find(({ reason }) => !(reason instanceof GivenUp));
  const [gone] = failures;
  if (
    changed !== undefined ||
    (gone !== undefined && failures.length === watches.length && haste === 'patient')
  ) {
    throw (changed ?? gone)?.reason;
  }
  if (gone !== undefined) {
    onNotice(
      `${failures.map(({ base }) => base).join(', ')}: no answer, so nobody can tell whether it still serves what it served. What was read since it ` +
        'was last asked is not kept and will be asked again.',
    );
  }
  return gone === undefined;
}
