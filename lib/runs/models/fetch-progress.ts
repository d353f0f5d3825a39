import type { FetchProgress } from '../../hub/collect-files.js';
import type { ProgressListener } from '../progress.js';

/**
 * Shows a download as progress of counted work: each file in MB of 10^6 bytes, in tenths.
 *
 * @param now a clock in milliseconds, given so that tests can hold it
 */
export function fetchProgress(
  listener: ProgressListener,
  now: () => number = Date.now,
): (progress: FetchProgress) => void {
  let current = { file: '', started: 0, receivedBefore: 0 };
  return ({ file, received, total, files }) => {
    if (file !== current.file) {
      current = { file, started: now(), receivedBefore: received };
    }
    const seconds = (now() - current.started) / 1000;
    const fresh = received - current.receivedBefore;
    const rate = fresh > 0 && seconds > 0 ? fresh / seconds : null;
    const isWhole = received >= total;
    listener({
      label: `${file} (${isWhole ? files.done : files.done + 1} of ${files.total}), MB`,
      done: isWhole ? tenths(total) : Math.min(tenths(received), tenths(total) - 0.1),
      total: tenths(total),
      ratePerSecond: rate === null ? null : rate / 1e6,
      remainingSeconds: rate === null ? null : (total - received) / rate,
    });
  };
}

/** Rounded up, so that a small file counts as something. */
function tenths(bytes: number): number {
  return Math.ceil(bytes / 1e5) / 10;
}
