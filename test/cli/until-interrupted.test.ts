import { afterEach, describe, expect, it, vi } from 'vitest';
import { untilInterrupted } from '../../lib/cli/until-interrupted.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** An action that is sent these signals, and then ends as its own signal says. */
const sent =
  (...signals: readonly NodeJS.Signals[]) =>
  async (signal: AbortSignal): Promise<string> => {
    for (const one of signals) {
      process.emit(one, one);
    }
    signal.throwIfAborted();
    return 'done';
  };

describe('untilInterrupted', () => {
  it('aborts at the first signal, with the given words, and hears none afterwards', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const before = process.listenerCount('SIGINT');
    const options = { notice: 'Stopping ...', outcome: 'Stopped: nothing was kept.' };
    await expect(untilInterrupted(sent('SIGINT'), options)).rejects.toThrow('Stopped: nothing was kept.');
    expect(said.mock.calls).toEqual([['\nStopping ...\n']]);
    expect(process.listenerCount('SIGINT')).toBe(before);
    expect(await untilInterrupted(sent())).toBe('done');
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('ends the process at once at the second', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('the process ended');
    });
    await expect(untilInterrupted(sent('SIGINT', 'SIGINT'))).rejects.toThrow('the process ended');
    expect(exit.mock.calls).toEqual([[130]]);
  });

  it('ignores the second where the action has to clear up', async () => {
    const exit = vi.spyOn(process, 'exit');
    const options = { signals: ['SIGTERM', 'SIGHUP'], again: 'ignored', outcome: 'Stopped.' } as const;
    await expect(untilInterrupted(sent('SIGTERM', 'SIGHUP'), options)).rejects.toThrow('Stopped.');
    expect(exit).not.toHaveBeenCalled();
  });
});
