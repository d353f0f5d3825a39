/** Exit status of a command that Ctrl-C or another signal stopped, as shells have it. */
export const EXIT_INTERRUPTED = 130;

/** Whoever sits at the terminal stopped a command that has nothing to go on from; the message says what became of it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** How a command takes being stopped. */
export interface InterruptionOptions {
  /** Signals that stop it; Ctrl-C alone by default. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Said when it is stopped, where the end takes its time. */
  readonly notice?: string;
  /** Message of the {@link Interrupted} that the action's signal gives as its reason. */
  readonly outcome?: string;
  /** Whether the second signal ends the process at once (the default), or is ignored while the action clears up. */
  readonly again?: 'at-once' | 'ignored';
}

/**
 * Runs an action that a signal of the terminal can stop: the first one aborts what the action is given.
 *
 * @throws whatever the action throws
 */
export async function untilInterrupted<T>(
  action: (signal: AbortSignal) => Promise<T>,
  options: InterruptionOptions = {},
): Promise<T> {
  const { signals = ['SIGINT'], notice, outcome = 'Stopped.', again = 'at-once' } = options;
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) {
      if (again === 'at-once') {
        process.exit(EXIT_INTERRUPTED);
      }
      return;
    }
    if (notice !== undefined) {
      process.stderr.write(`\n${notice}\n`);
    }
    stop.abort(new Interrupted(outcome));
  };
  for (const signal of signals) {
    process.on(signal, onSignal);
  }
  try {
    return await action(stop.signal);
  } finally {
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  }
}
