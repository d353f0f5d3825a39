import { afterEach, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { readReadings } from '../../../lib/runs/store/index.js';
import type { EndpointModel } from '../../../lib/runs/study-models.js';
import { ProbeInterrupted } from '../../../lib/runs/work-through.js';
import { newFolder, runSmall } from '../../support/small-run.js';
import { type StandIn, startStandIn } from './stand-in-server.js';

const folder = projectPath('data', 'models', 'mini', 'mini-6k');
// 24 prompts; a server that tells named tokens is asked one question each.
const settings = {
  items: ['Q6', 'Q57'],
  countries: ['DEU', 'JPN', 'BRA', 'NGA', 'IND', 'USA'],
  readings: ['letter'] as const,
};
const PROMPTS = 24;
// One that tries named tokens, and four texts twice: what a server is asked before the study.
const BEFORE = 9;
const WITNESS = 4;
const OTHER_WEIGHTS = 0.2;

const running: StandIn[] = [];
const start = async (parts: Partial<Parameters<typeof startStandIn>[0]>): Promise<StandIn> => {
  const server = await startStandIn({ dialect: 'sglang', folder, ...parts });
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const served = (...servers: readonly StandIn[]): EndpointModel => ({
  name: 'served',
  endpoint: servers.map(({ address }) => address),
  tokenizer: folder,
  concurrency: 1,
});
const stored = (runsFolder: string) => readReadings(`${runsFolder}/small/served`);
const at = (place: number) => (request: number) => request === place;

describe('a server that is started again during a run', () => {
  it('with other weights, unnoticed, is found out before anything is stored', async () => {
    const runsFolder = newFolder();
    const server = await start({ restarted: { from: BEFORE + 10, shift: OTHER_WEIGHTS } });
    const run = runSmall(served(server), { settings, runsFolder });
    await expect(run).rejects.toThrow(
      new RegExp(
        `Asking ${server.address} again: it answers otherwise than when it was connected to: .* differ by \\d\\.\\d\\d nats in the median and by ` +
          '\\d\\.\\d\\d at most\\. Expected .*Serve the model of before and repeat the command',
        's',
      ),
    );
    expect(server.asked()).toBe(BEFORE + PROMPTS + WITNESS);
    expect(await stored(runsFolder)).toEqual([]);
    // The model of before is served again: nothing of the other one is in the way.
    const back = await start({});
    const whole = await runSmall(served(back), { settings, runsFolder });
    const alone = await runSmall(served(back), { settings });
    const numbers = async (written: string) =>
      (await readReadings(`${written}/served`)).map(({ optionLogProbs }) => optionLogProbs);
    expect(await numbers(whole.folder)).toEqual(await numbers(alone.folder));
  });

  it('with other weights, after a connection that broke, is found out with its first answer', async () => {
    const runsFolder = newFolder();
    const lost = at(BEFORE + 10);
    const server = await start({
      fault: (request) => (lost(request) ? 'reset' : null),
      restarted: { from: BEFORE + 11, shift: OTHER_WEIGHTS },
    });
    await expect(runSmall(served(server), { settings, runsFolder })).rejects.toThrow(
      'it answers otherwise than when it was connected to',
    );
    // Ten prompts, one that broke, the same again, the witness; and once more to see whether what came before can be kept.
    expect(server.asked()).toBe(BEFORE + 12 + 2 * WITNESS);
    expect(await stored(runsFolder)).toEqual([]);
  });

  it('from another place is told by what it says of itself', async () => {
    const runsFolder = newFolder();
    const server = await start({ restarted: { from: BEFORE + 10, weights: 'another/path' } });
    await expect(runSmall(served(server), { settings, runsFolder })).rejects.toThrow(
      `Asking ${server.address} again: it was sglang 0.6.1 with the weights "weights" and is sglang 0.6.1 with the weights "another/path". Expected ` +
        'the same.',
    );
    expect(await stored(runsFolder)).toEqual([]);
  });

  it('under another name is told as another, not as a name that was given wrongly', async () => {
    const runsFolder = newFolder();
    const server = await start({ restarted: { from: BEFORE + 10, served: 'another-model' } });
    await expect(runSmall(served(server), { settings, runsFolder })).rejects.toThrow(
      `Asking ${server.address} again: it serves another-model and served the-model. Expected the same. It seems to have been started again as ` +
        'another. What was read since it was last found the same is not kept',
    );
    expect(await stored(runsFolder)).toEqual([]);
  });

  it('with the same weights is asked who it is, and the run goes on', async () => {
    const runsFolder = newFolder();
    const server = await start({
      fault: (request) => (at(BEFORE + 3)(request) || at(BEFORE + 20)(request) ? 'reset' : null),
    });
    await runSmall(served(server), { settings, runsFolder });
    expect(await stored(runsFolder)).toHaveLength(PROMPTS);
    // Two losses and the end.
    expect(server.asked()).toBe(BEFORE + PROMPTS + 2 + 3 * WITNESS);
  });

  it('is not asked again after what no restart looks like; whoever waits is told why', async () => {
    const said: string[] = [];
    const server = await start({ fault: (request) => (at(BEFORE + 3)(request) ? 'overload' : null) });
    await runSmall(served(server), { settings, onMessage: (line) => said.push(line) });
    expect(server.asked()).toBe(BEFORE + PROMPTS + 1 + WITNESS);
    expect(said.join('\n')).toMatch(
      /^served: Asking http:.* about \d+ tokens: 429 .*; trying again in 0\.\d s\.$/m,
    );
  });

  it('as one of several is the one that is named', async () => {
    const runsFolder = newFolder();
    const one = await start({});
    const other = await start({ restarted: { from: BEFORE + 5, shift: OTHER_WEIGHTS } });
    await expect(runSmall(served(one, other), { settings, runsFolder })).rejects.toThrow(
      `Asking ${other.address} again: it answers otherwise`,
    );
    expect(await stored(runsFolder)).toEqual([]);
  });
});

describe('a server that goes away', () => {
  it('leaves nothing behind that nobody can vouch for', async () => {
    const runsFolder = newFolder();
    const said: string[] = [];
    const server = await start({ fault: (request) => (request > BEFORE + 10 ? 'closed' : null) });
    const onMessage = (line: string): void => void said.push(line);
    await expect(runSmall(served(server), { settings, runsFolder, onMessage })).rejects.toThrow(
      '1 attempts failed, the last with "503',
    );
    expect(await stored(runsFolder)).toEqual([]);
    expect(said.join('\n')).toContain(
      `${server.address}: no answer, so nobody can tell whether it still serves what it served`,
    );
  });
});

describe('a run of a served model that is stopped', () => {
  it('keeps what was read once the server has been asked a last time', async () => {
    const runsFolder = newFolder();
    const stop = new AbortController();
    const server = await start({});
    const run = runSmall(served(server), {
      ...{ settings, runsFolder, signal: stop.signal },
      onProgress: ({ label, done }) => label === 'served: prompts' && done >= 8 && stop.abort(),
    });
    await expect(run).rejects.toThrow(ProbeInterrupted);
    expect(await stored(runsFolder)).toHaveLength(8);
    expect(server.asked()).toBe(BEFORE + 8 + WITNESS);
  });

  it('in the midst of the check of a server that then says nothing is stopped, not broken', async () => {
    const runsFolder = newFolder();
    const stop = new AbortController();
    const said: string[] = [];
    const server = await start({
      fault: (request) => {
        if (request < BEFORE + PROMPTS) {
          return null;
        }
        stop.abort();
        return 'closed';
      },
    });
    const onMessage = (line: string): void => void said.push(line);
    const run = runSmall(served(server), { settings, runsFolder, signal: stop.signal, onMessage });
    await expect(run).rejects.toThrow(ProbeInterrupted);
    await expect(run).rejects.toThrow(`Stopped: 0 of ${PROMPTS} readings of served are stored`);
    expect(said.join('\n')).toContain(
      'What it said since it was last found the same is not kept and will be asked again.',
    );
    expect(await stored(runsFolder)).toEqual([]);
  });

  it('keeps nothing that another model said', async () => {
    const runsFolder = newFolder();
    const stop = new AbortController();
    const server = await start({ restarted: { from: BEFORE + 4, shift: OTHER_WEIGHTS } });
    const run = runSmall(served(server), {
      ...{ settings, runsFolder, signal: stop.signal },
      onProgress: ({ label, done }) => label === 'served: prompts' && done >= 8 && stop.abort(),
    });
    await expect(run).rejects.toThrow('it answers otherwise than when it was connected to');
    expect(await stored(runsFolder)).toEqual([]);
  });
});
