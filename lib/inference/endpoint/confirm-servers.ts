import { GivenUp } from './retries.js';
import type { Haste, ServerWatch } from './server-watch.js';

/**
 * Makes sure that all servers are unchanged that have answered since the last time. Where that cannot be told, a notice says that
 * what they answered is not kept.
 *
 * @param settings.signal ends the run; once it has, nothing is waited for any more
 * @returns false where that cannot be told of one of several that work goes on with, or in a hurry: what they answered is unknown
 * @throws GivenUp when none of them answers, InputError when one has changed
 */
export async function confirmServers(
  watches: readonly ServerWatch[],
  settings: {
    readonly haste: Haste;
    readonly onNotice: (line: string) => void;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<boolean> {
  const { haste, onNotice, signal } = settings;
  const ends = await Promise.allSettled(watches.map((watch) => watch.confirm(haste)));
  const failures = ends.flatMap((end, place) =>
    end.status === 'rejected'
      ? [{ reason: end.reason as unknown, base: watches[place]?.server.address.base }]
      : [],
  );
  const changed = failures.find(({ reason }) => !(reason instanceof GivenUp));
  if (changed !== undefined) {
    throw changed.reason;
  }
  const [gone] = failures;
  if (gone === undefined) {
    return true;
  }
  // No reading tells which server it is from.
  const unsure = watches.length === 1 ? 'What it said since it was' : 'What all servers said since they were';
  onNotice(
    `${failures.map(({ base }) => base).join(', ')}: no answer, so nobody can tell whether it still serves what it served. ${unsure} ` +
      'last found the same is not kept and will be asked again.',
  );
  if (failures.length === watches.length && haste === 'patient' && signal?.aborted !== true) {
    throw gone.reason;
  }
  return false;
}
