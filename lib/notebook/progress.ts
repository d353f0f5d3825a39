import { describeProgress, type ProgressListener, type ProgressState } from '../runs/progress.js';
import { escapeHtml } from './html-table.js';
import { type KernelDisplay, kernelDisplays } from './kernel-display.js';

export interface NotebookProgressOptions {
  /** Least time between two updates of the display; the last state is always shown. Default: 200. */
  readonly intervalMilliseconds?: number;
  /** Milliseconds of a steady clock. Default: `performance.now`. */
  readonly now?: () => number;
}

/**
 * A progress bar below the cell, updated in place; pass it where a {@link ProgressListener} is taken.
 *
 * @throws InputError outside a notebook
 */
export function notebookProgress(options: NotebookProgressOptions = {}): ProgressListener {
  const interval = options.intervalMilliseconds ?? 200;
  const now = options.now ?? (() => performance.now());
  const { newDisplay } = kernelDisplays();
  // One bar for each label, made at its first state: an action that never starts shows none.
  const displays = new Map<string, KernelDisplay>();
  let lastUpdate = Number.NEGATIVE_INFINITY;
  return (state) => {
    const isNew = !displays.has(state.label);
    const time = now();
    if (!isNew && !isFinished(state) && time - lastUpdate < interval) {
      return;
    }
    lastUpdate = time;
    const display = displays.get(state.label) ?? newDisplay();
    displays.set(state.label, display);
    display.html(progressHtml(state));
  };
}

/** The bar and its line of text. A finished bar tells no times, so that executing a notebook again does not change it. */
export function progressHtml(state: ProgressState): string {
  const shown = isFinished(state) ? { ...state, ratePerSecond: null, remainingSeconds: null } : state;
  const text = escapeHtml(describeProgress(shown));
  return `<progress value="${state.done}" max="${Math.max(state.total, 1)}" aria-label="${text}"></progress> ${text}`;
}

function isFinished(state: ProgressState): boolean {
  return state.done >= state.total;
}
