import { describe, expect, it } from 'vitest';
import { InputError } from '../../../lib/files/input-error.js';
import { TransientProblem } from '../../../lib/inference/endpoint/request-problems.js';
import { createRetrier } from '../../../lib/inference/endpoint/retries.js';

const patience = { attempts: 4, firstSeconds: 1, longestSeconds: 3 };
const failing =
  (times: number, problem = new TransientProblem('busy')) =>
  async (made: number) => {
    if (made < times) {
      throw problem;
    }
    return made;
  };

describe('a retrier', () => {
  it('waits twice as long each time, up to a bound, spread by half', async () => {
    const waited: number[] = [];
    const retrier = createRetrier(patience, { pause: async (seconds) => void waited.push(seconds) });
    expect(await retrier.run('Asking', 1, failing(3))).toBe(3);
    expect(await retrier.run('Asking', 0, failing(3))).toBe(3);
    expect(waited).toEqual([1, 2, 3, 0.5, 1, 1.5]);
  });

  it('waits as long as the server asks for, and a little more', async () => {
    const waited: number[] = [];
    const retrier = createRetrier(patience, { pause: async (seconds) => void waited.push(seconds) });
    await retrier.run('Asking', 1, failing(1, new TransientProblem('busy', 7)));
    expect(waited).toEqual([8]);
  });

  it('gives up after so many attempts, and at once where nothing can pass', async () => {
    const retrier = createRetrier(patience, { pause: async () => {} });
    await expect(retrier.run('Asking X', 0, failing(9))).rejects.toThrow(
      'Asking X: 4 attempts failed, the last with "busy". Expected an answer with log-probabilities.',
    );
    const refused = retrier.run('Asking X', 0, async () => {
      throw new InputError('wrong model');
    });
    await expect(refused).rejects.toThrow('wrong model');
  });

  it('does not wait for hours, and says how long the server wants', async () => {
    const retrier = createRetrier(patience, { pause: async () => {} });
    await expect(
      retrier.run('Asking X', 0, failing(9, new TransientProblem('busy', 86_400))),
    ).rejects.toThrow(
      'Asking X: 1 attempts failed, the last with "busy", and it wants to be asked again in 86400 s only.',
    );
  });

  it('lets many requests fail at one moment: each has its own attempts, and trouble is told once', async () => {
    const notices: string[] = [];
    const retrier = createRetrier(patience, {
      pause: async () => {},
      onNotice: (line) => notices.push(line),
    });
    const all = Array.from({ length: 64 }, () => retrier.run('Asking', 0.5, failing(2)));
    expect(await Promise.all(all)).toEqual(Array(64).fill(2));
    expect(notices).toEqual(['Asking: busy; trying again in 0.8 s.']);
  });
});
