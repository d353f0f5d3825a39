import type { ProgressListener } from '../../runs/progress.js';

const PATIENCE_MILLISECONDS = 2_000;

/**
 * Progress that is told only when the work takes long: nothing in the first two seconds.
 *
 * @param now a clock in milliseconds, given so that tests can hold it
 */
export function lateProgress(listener: ProgressListener, now: () => number = Date.now): ProgressListener {
  const started = now();
  return (state) => {
    if (now() - started > PATIENCE_MILLISECONDS) {
      listener(state);
    }
  };
}
