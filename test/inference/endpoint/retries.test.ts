import { describe, expect, it } from 'vitest';
import { InputError } from '../../../lib/files/input-error.js';
import { TransientProblem } from '../../../lib/inference/endpoint/json-request.js';
import { createRetrier } from '../../../lib/inference/endpoint/retries.js';

const patience = { attempts: 4, firstSeconds: 1, longestSeconds: 3, failuresInARow: 100 };
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
    const retrier = createRetrier(patience, async (seconds) => void waited.push(seconds));
    expect(await retrier.run('Asking', 1, failing(3))).toBe(3);
    expect(await retrier.run('Asking', 0, failing(3))).toBe(3);
    expect(waited).toEqual([1, 2, 3, 0.5, 1, 1.5]);
  });

  it('waits as long as the server asks for, and a little more', async () => {
    const waited: number[] = [];
    const retrier = createRetrier(patience, async (seconds) => void waited.push(seconds));
    await retrier.run('Asking', 1, failing(1, new TransientProblem('busy', 7)));
    expect(waited).toEqual([8]);
  });

  it('gives up after so many attempts, and at once where nothing can pass', async () => {
    const retrier = createRetrier(patience, async () => {});
    await expect(retrier.run('Asking X', 0, failing(9))).rejects.toThrow(
      'Asking X: 4 attempts failed, the last with "busy". Expected an answer with log-probabilities.',
    );
    const refused = retrier.run('Asking X', 0, async () => {
      throw new InputError('wrong model');
    });
    await expect(refused).rejects.toThrow('wrong model');
  });

  it('stops when requests fail in a row, whichever they are, and forgets failures after a success', async () => {
    const retrier = createRetrier({ ...patience, failuresInARow: 5 }, async () => {});
    expect(await retrier.run('Asking', 0, failing(3))).toBe(3);
    await expect(retrier.run('Asking', 0, failing(9))).rejects.toThrow('4 attempts failed');
    await expect(retrier.run('Asking', 0, failing(9))).rejects.toThrow('5 requests in a row failed');
  });
});
