import { describe, expect, it } from 'vitest';
import type { ModelSource } from '../../lib/runs/models/model-source.js';
import { readReadings } from '../../lib/runs/store/index.js';
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
});
