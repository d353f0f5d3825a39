import { afterEach, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { confirmServers } from '../../../lib/inference/endpoint/confirm-servers.js';
import {
  type ConnectedEndpoint,
  connectEndpoint,
  type EndpointSettings,
} from '../../../lib/inference/endpoint/connect.js';
import { createReplicas } from '../../../lib/inference/endpoint/replicas.js';
import { TransientProblem } from '../../../lib/inference/endpoint/request-problems.js';
import { type Haste, hurriedSeconds } from '../../../lib/inference/endpoint/server-watch.js';
import { loadTokenizer } from '../../../lib/tokenization/tokenizer.js';
import { type StandIn, send, startStandIn } from './stand-in-server.js';

const folder = projectPath('data', 'models', 'mini', 'mini-6k');
const tokenizer = loadTokenizer(folder);
const patience = { attempts: 2, firstSeconds: 0.01, longestSeconds: 0.01 };
const BEFORE = 9;

const running: StandIn[] = [];
const start = async (parts: Partial<Parameters<typeof startStandIn>[0]> = {}): Promise<StandIn> => {
  const server = await startStandIn({ dialect: 'vllm', folder, ...parts });
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const connectWith = (
  parts: Partial<EndpointSettings>,
  ...servers: readonly StandIn[]
): Promise<ConnectedEndpoint> =>
  connectEndpoint({
    addresses: servers.map(({ address }) => ({ base: address, key: null, timeoutSeconds: 5 })),
    ...{ model: null, patience, watching: { patience }, onNotice: () => {} },
    vocabularySize: tokenizer.vocabularySize,
    encode: (text) => tokenizer.encode(text, { specialTokens: false }),
    decode: (tokenIds) => tokenizer.decode(tokenIds),
    ...parts,
  });
const connect = (...servers: readonly StandIn[]): Promise<ConnectedEndpoint> => connectWith({}, ...servers);
const confirm = (
  { watches }: ConnectedEndpoint,
  haste: Haste,
  onNotice: (line: string) => void = () => {},
): Promise<boolean> => confirmServers(watches, { haste, onNotice });

/** Asks so many different questions, several at a time. */
async function askSome(
  { servers, watches, retrier, model }: ConnectedEndpoint,
  count: number,
  concurrency = 4,
): Promise<void> {
  const replicas = createReplicas(servers, { concurrency, retrier, gates: watches });
  await replicas.askAll(count, (index) =>
    replicas.ask({ model, tokenIds: [5, 6, 7 + index], wanted: [3], top: 5 }),
  );
}

describe('watches over servers', () => {
  it('ask only those that have answered since the last time', async () => {
    const servers = [await start(), await start()];
    const connected = await connect(...servers);
    const before = servers.map(({ asked }) => asked());
    const since = () => servers.map(({ asked }, place) => asked() - (before[place] ?? 0)).toSorted();
    expect(await confirm(connected, 'patient')).toBe(true);
    expect(since()).toEqual([0, 0]);
    await askSome(connected, 1);
    expect(await confirm(connected, 'patient')).toBe(true);
    expect(await confirm(connected, 'patient')).toBe(true);
    expect(since()).toEqual([0, 1 + 4]);
  });

  it('ask once for all answers that are held back together', async () => {
    const server = await start();
    const connected = await connect(server);
    connected.watches[0]?.lost();
    await askSome(connected, 8);
    expect(server.asked()).toBe(BEFORE + 8 + 4);
  });

  it('hold an answer back while the witness itself cannot be asked, and try it again with the next', async () => {
    const server = await start({
      fault: (request) => ([0, 2, 3].includes(request - BEFORE) ? 'reset' : null),
    });
    const connected = await connect(server);
    await expect(askSome(connected, 1)).rejects.toThrow('2 attempts failed');
    await askSome(connected, 1);
    // One that broke, one that was held back, the witness's first that broke twice; then one with a whole witness.
    expect(server.asked()).toBe(BEFORE + 4 + 1 + 4);
  });

  it('ask again while what the witness met may pass: rate limits and a broken connection end no run', async () => {
    const server = await start({
      fault: (request) =>
        request === BEFORE ? 'reset' : request > BEFORE && request % 3 === 0 ? 'overload' : null,
    });
    const connected = await connectWith({ patience: { ...patience, attempts: 8 } }, server);
    await askSome(connected, 8, 1);
    expect(await confirm(connected, 'patient')).toBe(true);
  });

  it('that fail cost each answer that is held back one attempt, however many there are', async () => {
    const server = await start({
      fault: (request) => (request === BEFORE || request === BEFORE + 1 ? 'overload' : null),
    });
    const [watch] = (await connect(server)).watches;
    const holdBack = () => Promise.allSettled(Array.from({ length: 5 }, () => watch?.answered()));
    watch?.lost();
    expect(await holdBack()).toEqual(
      Array(5).fill({ status: 'rejected', reason: expect.any(TransientProblem) }),
    );
    expect(server.asked()).toBe(BEFORE + 2);
    expect(await holdBack()).toEqual(Array(5).fill({ status: 'fulfilled', value: undefined }));
    expect(server.asked()).toBe(BEFORE + 2 + 4);
  });

  it('in a hurry wait so long for all answers together, not for each', async () => {
    let isSlow = false;
    const answers = {
      '/v1/models': { data: [{ id: 'the-model', root: 'weights' }] },
      '/version': { version: '0.26.0' },
    };
    const server = await start({
      instead: (request, response) => {
        const answer = answers[request.url as keyof typeof answers];
        if (!isSlow || answer === undefined) {
          return false;
        }
        setTimeout(() => send(response, 200, answer), 300);
        return true;
      },
    });
    const connected = await connectWith({ watching: { patience, hurriedSeconds: 0.5 } }, server);
    await askSome(connected, 1);
    isSlow = true;
    expect(await confirm(connected, 'hurried')).toBe(false);
    await askSome(connected, 1);
    expect(await confirm(connected, 'patient')).toBe(true);
    expect([0.1, 5, 60].map(hurriedSeconds)).toEqual([10, 15, 30]);
  });

  it('cannot tell where one of several servers is gone: what was read is unknown, and the others go on', async () => {
    const stays = await start();
    const goes = await start();
    const connected = await connect(stays, goes);
    await askSome(connected, 16);
    await goes.close();
    running.pop();
    const said: string[] = [];
    expect(await confirm(connected, 'patient', (line) => said.push(line))).toBe(false);
    expect(said).toEqual([
      `${goes.address}: no answer, so nobody can tell whether it still serves what it served. What all servers said since they were ` +
        'last found the same is not kept and will be asked again.',
    ]);
    await askSome(connected, 16);
    expect(await confirm(connected, 'patient')).toBe(true);
  });

  it('give up where none is left, and only say so in a hurry', async () => {
    const server = await start();
    const connected = await connect(server);
    await askSome(connected, 1);
    await server.close();
    running.pop();
    const said: string[] = [];
    const confirming = confirm(connected, 'patient', (line) => said.push(line));
    await expect(confirming).rejects.toThrow('2 attempts failed');
    expect(said.join()).toContain('What it said since it was last found the same is not kept');
    const back = await start();
    const again = await connect(back);
    await askSome(again, 1);
    await back.close();
    running.pop();
    expect(await confirm(again, 'hurried')).toBe(false);
  });
});
