import { afterEach, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { type ConnectedEndpoint, connectEndpoint } from '../../../lib/inference/endpoint/connect.js';
import { createReplicas } from '../../../lib/inference/endpoint/replicas.js';
import { confirmServers } from '../../../lib/inference/endpoint/server-watch.js';
import { loadTokenizer } from '../../../lib/tokenization/tokenizer.js';
import { type StandIn, startStandIn } from './stand-in-server.js';

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

const connect = (...servers: readonly StandIn[]): Promise<ConnectedEndpoint> =>
  connectEndpoint({
    addresses: servers.map(({ address }) => ({ base: address, key: null, timeoutSeconds: 5 })),
    ...{ model: null, patience, onNotice: () => {} },
    vocabularySize: tokenizer.vocabularySize,
    encode: (text) => tokenizer.encode(text, { specialTokens: false }),
    decode: (tokenIds) => tokenizer.decode(tokenIds),
  });

/** Asks so many different questions, several at a time. */
async function askSome(
  { servers, watches, retrier, model }: ConnectedEndpoint,
  count: number,
): Promise<void> {
  const replicas = createReplicas(servers, { concurrency: 4, retrier, watches });
  await replicas.askAll(count, (index) =>
    replicas.ask({ model, tokenIds: [5, 6, 7 + index], wanted: [3], top: 5 }),
  );
}

describe('watches over servers', () => {
  it('ask only those that have answered since the last time', async () => {
    const server = await start();
    const connected = await connect(server);
    expect(await confirmServers(connected.watches, 'patient', () => {})).toBe(true);
    expect(server.asked()).toBe(BEFORE);
    await askSome(connected, 3);
    expect(await confirmServers(connected.watches, 'patient', () => {})).toBe(true);
    expect(await confirmServers(connected.watches, 'patient', () => {})).toBe(true);
    expect(server.asked()).toBe(BEFORE + 3 + 4);
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
      fault: (request) => (request === BEFORE || request === BEFORE + 2 ? 'reset' : null),
    });
    const connected = await connect(server);
    const replicas = createReplicas(connected.servers, { concurrency: 1, ...connected });
    const asking = replicas.ask({ model: connected.model, tokenIds: [5, 6, 7], wanted: [3], top: 5 });
    await expect(asking).rejects.toThrow('2 attempts failed');
    await askSome(connected, 1);
    // One that broke, one that was held back, the witness's first that broke; then one with a whole witness.
    expect(server.asked()).toBe(BEFORE + 3 + 1 + 4);
  });

  it('cannot tell where one of several servers is gone: what was read is unknown, and the others go on', async () => {
    const stays = await start();
    const goes = await start();
    const connected = await connect(stays, goes);
    await askSome(connected, 16);
    await goes.close();
    running.pop();
    const said: string[] = [];
    expect(await confirmServers(connected.watches, 'patient', (line) => said.push(line))).toBe(false);
    expect(said).toEqual([
      `${goes.address}: no answer, so nobody can tell whether it still serves what it served. What was read since it was last asked is not kept and ` +
        'will be asked again.',
    ]);
    await askSome(connected, 16);
    expect(await confirmServers(connected.watches, 'patient', () => {})).toBe(true);
  });

  it('give up where none is left, and only say so in a hurry', async () => {
    const server = await start();
    const connected = await connect(server);
    await askSome(connected, 1);
    await server.close();
    running.pop();
    await expect(confirmServers(connected.watches, 'patient', () => {})).rejects.toThrow('2 attempts failed');
    const back = await start();
    const again = await connect(back);
    await askSome(again, 1);
    await back.close();
    running.pop();
    expect(await confirmServers(again.watches, 'hurried', () => {})).toBe(false);
  });
});
