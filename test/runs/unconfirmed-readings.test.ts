import { describe, expect, it } from 'vitest';
import { InputError } from '../../lib/files/input-error.js';
import { TransientProblem } from '../../lib/inference/endpoint/request-problems.js';
import { GivenUp } from '../../lib/inference/endpoint/retries.js';
import type { Haste } from '../../lib/inference/endpoint/server-watch.js';
import type { ModelSource } from '../../lib/runs/models/model-source.js';
import { readReadings } from '../../lib/runs/store/index.js';
import { ProbeInterrupted } from '../../lib/runs/work-through.js';
import { answerWith, type FakeLog, fakeSource } from '../support/fake-source.js';
import { newFolder, runSmall } from '../support/small-run.js';

// 2 items, 2 countries, both orders: 8 prompts in 4 units.
const settings = { items: ['Q6', 'Q57'], countries: ['DEU', 'JPN'], readings: ['letter'] as const };

function served(log: FakeLog, confirm: () => boolean): ModelSource {
  const source = fakeSource({
    ...{ name: 'm', batch: 2, log },
    answer: ({ prompt }) => answerWith(prompt.options.map(() => 0.5 / prompt.options.length)),
  });
  return {
    ...source,
    open: async (given) => ({ ...(await source.open(given)), confirm: async () => confirm() }),
  };
}

describe('readings that nobody can vouch for', () => {
  it('are made again, each is stored once, and progress says so', async () => {
    const runsFolder = newFolder();
    const log: FakeLog = { opened: 0, runs: 0 };
    let asked = 0;
    const done: number[] = [];
    await runSmall(
      { name: 'm', folder: 'nowhere' },
      {
        ...{ settings, runsFolder },
        openSource: () => served(log, () => ++asked > 1),
        onProgress: (state) => state.label === 'm: prompts' && done.push(state.done),
      },
    );
    expect(await readReadings(`${runsFolder}/small/m`)).toHaveLength(8);
    expect({ asked, runs: log.runs }).toEqual({ asked: 2, runs: 8 });
    expect(done).toEqual([0, 2, 4, 6, 8, 0, 2, 4, 6, 8]);
  });

  const gone = new GivenUp('the server is gone', new TransientProblem('no answer'));
  const refusal = new InputError('a wrong parameter');
  it.each([
    ['of a server that refuses a task', refusal, null, 'patient', 6, refusal.message],
    ['of one that refuses a task and then is gone', refusal, gone, 'patient', 0, refusal.message],
    ['of one that was given up', gone, null, 'hurried', 6, gone.message],
    ['of one whose check is then stopped', refusal, null, 'patient', 6, ProbeInterrupted],
  ])('%s wait for a check only where nobody has waited', async (_, failure, later, haste, kept, ending) => {
    const runsFolder = newFolder();
    const log: FakeLog = { opened: 0, runs: 0 };
    const asked: Haste[] = [];
    const source = fakeSource({
      ...{ name: 'm', batch: 2, log },
      answer: ({ prompt }) => {
        if (log.runs === 4) {
          throw failure;
        }
        return answerWith(prompt.options.map(() => 0.5 / prompt.options.length));
      },
    });
    const stop = new AbortController();
    const confirm = async (given: Haste): Promise<boolean> => {
      asked.push(given);
      if (ending === ProbeInterrupted) {
        stop.abort();
      }
      if (later !== null) {
        throw later;
      }
      return true;
    };
    const openSource = (): ModelSource => ({
      ...source,
      open: async (given) => ({ ...(await source.open(given)), confirm }),
    });
    const { signal } = stop;
    const run = runSmall({ name: 'm', folder: 'nowhere' }, { settings, runsFolder, openSource, signal });
    await expect(run).rejects.toThrow(ending);
    expect(asked).toEqual([haste]);
    expect(await readReadings(`${runsFolder}/small/m`)).toHaveLength(kept);
  });
});
