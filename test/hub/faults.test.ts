import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../lib/files/input-error.js';
import { fetchModel } from '../../lib/hub/fetch-model.js';
import { cutAfter, meet, silence, status, whole } from './faults.js';
import { EXTERNAL, environmentOf, externalFiles, fetchWith, open, startLab } from './fetch-setup.js';
import { COMMIT, GOOD_TOKEN, type HubServer, refuse } from './hub-server.js';

/** Waits that would have been made, in milliseconds. */
const waits: number[] = [];
vi.mock('../../lib/hub/pause.js', () => ({
  pause: async (milliseconds: number) => {
    waits.push(milliseconds);
  },
}));

const DATA = 'model.onnx_data';
const files = externalFiles();
const data = files[DATA] ?? Buffer.alloc(0);

let hub: HubServer;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  hub = await startLab();
});
beforeEach(() => {
  environment = environmentOf(hub);
});
afterEach(() => {
  hub.heard.length = 0;
  hub.fault = null;
  waits.length = 0;
});
afterAll(() => hub.close());

const snapshot = (): string =>
  join(environment.HF_HOME ?? '', 'hub', 'models--lab--external', 'snapshots', COMMIT);
const dataRequests = () => hub.heard.filter(({ side, url }) => side === 'cdn' && url.includes(DATA));
const parts = (): string[] => readdirSync(snapshot()).filter((name) => name.endsWith('.part'));

/** The message of a fetch that must fail with an InputError. */
async function failure(id = EXTERNAL, more: NodeJS.ProcessEnv = {}, revision = 'main'): Promise<string> {
  const error: unknown = await fetchModel(
    { id, revision },
    { environment: { ...environment, ...more } },
  ).then(
    () => new Error('it was fetched'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

describe('a connection that is cut', () => {
  it('goes on where it was cut: no byte is sent twice', async () => {
    meet(hub, { side: 'cdn', path: DATA, times: 3 }, cutAfter(data, 5000));
    const { model, lines } = await fetchWith(environment, { id: EXTERNAL });
    expect(readFileSync(join(model.folder, DATA)).equals(data)).toBe(true);
    expect(dataRequests().map(({ headers }) => headers.range)).toEqual([
      undefined,
      'bytes=5000-',
      'bytes=10000-',
      'bytes=15000-',
    ]);
    expect(dataRequests().reduce((sum, { sent }) => sum + sent, 0)).toBe(data.length);
    expect(lines.filter((line) => line.startsWith(`${DATA}: `))).toHaveLength(3);
    expect(parts()).toEqual([]);
  });

  it('that brings nothing new is given up after five attempts, and goes on with the next command', async () => {
    meet(hub, { side: 'cdn', path: DATA, times: 1 }, cutAfter(data, 7000));
    const first = hub.fault;
    hub.fault = (heard, response, answer) =>
      first?.(heard, response, answer) === true ||
      (heard.side === 'cdn' && heard.url.includes(DATA) && status(503)(heard, response, answer));
    expect(await failure()).toMatch(
      /Fetching lab\/external: 127.* answers with status 503\. Repeat .* it goes on/,
    );
    expect(dataRequests()).toHaveLength(5);
    expect(waits).toHaveLength(4);
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
    });
    expect(parts()).toEqual([expect.stringMatching(/^\.model\.onnx_data\.[0-9a-f]{16}\.part$/)]);
    hub.fault = null;
    hub.heard.length = 0;
    const { model } = await fetchWith(environment, { id: EXTERNAL });
    expect(model.downloadedBytes).toBe(data.length - 7000);
    expect(hub.heard.filter(({ sent }) => sent > 0).map(({ sent }) => sent)).toEqual([data.length - 7000]);
  });

  it('and a server that knows no ranges: the file is fetched from the beginning, never put together wrongly', async () => {
    meet(hub, { side: 'cdn', path: DATA, times: 2 }, (heard, response, answer) =>
      (heard.headers.range === undefined ? cutAfter(data, 6000) : whole(data))(heard, response, answer),
    );
    const { model, lines } = await fetchWith(environment, { id: EXTERNAL });
    expect(readFileSync(join(model.folder, DATA)).equals(data)).toBe(true);
    expect(lines.join('\n')).toContain('cannot go on from the middle, fetching it from the beginning');
  });

  it('and a range that begins elsewhere is refused', async () => {
    meet(hub, { side: 'cdn', path: DATA }, (heard, response, answer) => {
      if (heard.headers.range === undefined) {
        return cutAfter(data, 6000)(heard, response, answer);
      }
      response.writeHead(206, { 'content-range': `bytes 0-${data.length - 1}/${data.length}` });
      response.end(data);
      return true;
    });
    expect(await failure()).toContain('sends bytes from 0 on instead of from 6000');
  });

  it('by silence is taken up again', async () => {
    meet(hub, { side: 'cdn', path: DATA, times: 1 }, silence(data, 3000));
    const { model, lines } = await fetchWith(environment, { id: EXTERNAL });
    expect(lines.join('\n')).toContain('has sent nothing for 1 s');
    expect(dataRequests().map(({ sent }) => sent)).toEqual([3000, data.length - 3000]);
    expect(readFileSync(join(model.folder, DATA)).equals(data)).toBe(true);
  });
});

describe('content that is not what the hub lists', () => {
  it('is thrown away', async () => {
    const wrong = Buffer.from(data);
    wrong[100] = (wrong[100] ?? 0) ^ 1;
    meet(hub, { side: 'cdn', path: DATA }, whole(wrong));
    expect(await failure()).toMatch(/what arrived has the SHA-256 .*, expected the SHA-256 .*thrown away/);
    expect(existsSync(join(snapshot(), DATA))).toBe(false);
    expect(parts()).toEqual([]);
  });

  it('in a small file is seen as well, by the checksum of git', async () => {
    const config = files['config.json'] ?? Buffer.alloc(0);
    const wrong = Buffer.from(config);
    wrong[0] = 0x20;
    meet(hub, { side: 'hub', path: 'resolve' }, (heard, ...rest) =>
      heard.url.endsWith('config.json') && !heard.url.includes('tokenizer')
        ? whole(wrong)(heard, ...rest)
        : false,
    );
    expect(await failure()).toMatch(/config\.json.*expected the git SHA-1/);
  });

  it('in the part of an earlier attempt is fetched anew', async () => {
    meet(hub, { side: 'cdn', path: DATA }, status(404));
    await failure();
    meet(hub, { side: 'cdn', path: DATA, times: 1 }, cutAfter(data, 4000));
    const cut = hub.fault;
    hub.fault = (heard, ...rest) =>
      cut?.(heard, ...rest) === true ||
      (heard.url.includes(DATA) && heard.side === 'cdn' && status(404)(heard, ...rest));
    await failure();
    const [part = ''] = parts();
    writeFileSync(join(snapshot(), part), Buffer.alloc(4000));
    hub.fault = null;
    const { model, lines } = await fetchWith(environment, { id: EXTERNAL });
    expect(lines.join('\n')).toContain('what had arrived before is damaged');
    expect(readFileSync(join(model.folder, DATA)).equals(data)).toBe(true);
  });

  it.each([
    ['a shorter file', whole(data.subarray(0, 900)), 'sends 900 bytes, the hub lists'],
    ['nothing', whole(Buffer.alloc(0)), 'sends 0 bytes, the hub lists'],
    ['a longer file', whole(Buffer.concat([data, data])), `sends ${2 * data.length} bytes, the hub lists`],
    [
      'a web page',
      whole(Buffer.from('<html>'), { 'content-type': 'text/html' }),
      'sends a web page, the hub lists',
    ],
  ])('%s in its place is refused', async (_, fault, message) => {
    meet(hub, { side: 'cdn', path: DATA }, fault);
    expect(await failure()).toContain(message);
    expect(existsSync(join(snapshot(), DATA))).toBe(false);
  });

  it('in the cache is fetched again', async () => {
    const { model } = await fetchWith(environment, { id: EXTERNAL });
    writeFileSync(join(model.folder, DATA), Buffer.alloc(data.length));
    const again = await fetchWith(environment, { id: EXTERNAL });
    expect(again.lines).toContain(`${DATA}: the file in the cache is damaged, fetching it again`);
    expect(readFileSync(join(model.folder, DATA)).equals(data)).toBe(true);
  });
});

describe('a busy hub', () => {
  it('is asked again a little after the time that it names', async () => {
    meet(hub, { path: '/revision/', times: 1 }, status(429, { 'retry-after': '7' }));
    const { lines } = await fetchWith(environment, { id: EXTERNAL });
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(7250);
    expect(waits[0]).toBeLessThanOrEqual(7500);
    expect(lines[0]).toMatch(/answers with status 429: too many requests; trying again in 7\.[345] s/);
  });

  it('that names a date that is past is asked again as if it had named none, and not five times at once', async () => {
    meet(hub, { path: '/revision/' }, status(503, { 'retry-after': 'Fri, 06 Nov 2020 08:49:37 GMT' }));
    expect(await failure()).toContain('answers with status 503');
    expect(waits).toHaveLength(4);
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
    });
  });

  it('that names a date far away is not waited for', async () => {
    meet(hub, { path: '/revision/' }, status(503, { 'retry-after': 'Sat, 06 Nov 2990 08:49:37 GMT' }));
    expect(await failure()).toContain('answers with status 503');
    expect(waits).toEqual([]);
  });

  it('that wants a long pause is not waited for', async () => {
    meet(hub, { path: '/tree/' }, status(503, { 'retry-after': '3600' }));
    expect(await failure()).toContain('answers with status 503. Repeat the command a little later');
    expect(waits).toEqual([]);
  });

  it('that stays broken is told of', async () => {
    meet(hub, { path: '/revision/' }, status(500));
    expect(await failure()).toContain('answers with status 500');
    expect(hub.heard).toHaveLength(5);
  });
});

describe('an address that no request can go to', () => {
  it.each(['http://127.0.0.1:9', 'http://127.0.0.1:0'])('%s is told of at once', async (endpoint) => {
    expect(await failure(EXTERNAL, { HF_ENDPOINT: endpoint })).toMatch(
      /its port cannot be asked.*Correct the port in HF_ENDPOINT/s,
    );
    expect(waits).toEqual([]);
  });
});

describe('what the hub refuses', () => {
  beforeAll(() => {
    hub.repositories['lab/gated'] = open(files, 'gated');
    hub.repositories['lab/private'] = open(files, 'private');
    hub.repositories['lab/checkpoint'] = open({
      'model.safetensors': Buffer.alloc(9),
      'config.json': Buffer.from('{}'),
    });
    const { 'tokenizer.json': _, ...without } = files;
    hub.repositories['lab/no-tokenizer'] = open({ ...without, 'vocab.txt': Buffer.from('a') });
    hub.repositories['lab/evil'] = open({ ...files, '../../evil.json': Buffer.from('{}') });
  });
  const token = { HF_TOKEN: GOOD_TOKEN };
  const bad = { HF_TOKEN: 'hf_expired' };

  it.each([
    [
      'gated, no token',
      'lab/gated',
      {},
      /is gated.*Accept the licence on .*lab\/gated, put an access token of that account into HF_TOKEN/,
    ],
    ['bad token', 'lab/external', bad, /does not accept the access token in HF_TOKEN.*expired/],
    [
      'unknown',
      'lab/unknown',
      {},
      /there is no model lab\/unknown on .*, or it is private.*spelling.*onnx-community/,
    ],
    ['unknown, with a token', 'lab/unknown', token, /there is no model .*the one in HF_TOKEN may not/],
    ['private, no token', 'lab/private', {}, /or it is private.*HF_TOKEN/],
    [
      'no graph',
      'lab/checkpoint',
      {},
      /there is no ONNX graph in it \(found .*model\.safetensors.*onnx-community\/<name>.*npx culture-lens convert/,
    ],
    ['no tokenizer', 'lab/no-tokenizer', {}, /there is no tokenizer\.json \(found .*vocab\.txt/],
    ['a name that leads out', 'lab/evil', {}, /lists a file named "\.\.\/\.\.\/evil\.json", which leads out/],
  ])('%s', async (_, id, more, message) => {
    expect(await failure(id, more)).toMatch(message);
  });

  it('an unknown revision', async () => {
    expect(await failure(EXTERNAL, {}, 'v9')).toContain(
      'lab/external has no revision "v9". Expected a branch',
    );
  });

  it('a form of the weights that is not there', async () => {
    await expect(fetchModel({ id: EXTERNAL, dtype: 'q4' }, { environment })).rejects.toThrow(
      'none of its graphs is named as q4',
    );
  });

  it('gives gated and private models to those with a token', async () => {
    for (const id of ['lab/gated', 'lab/private']) {
      expect((await fetchWith({ ...environment, ...token }, { id })).model.revision).toBe(COMMIT);
    }
  });

  it('a token without the right to read', async () => {
    meet(hub, { path: '/revision/' }, (_, response) => {
      refuse(response, 403, '', 'no');
      return true;
    });
    expect(await failure(EXTERNAL, token)).toContain('The token in HF_TOKEN may not read this model');
  });

  it.each([
    ['a page in place of its interface', whole(Buffer.from('<html>')), 'is not the JSON of a hub'],
    [
      'a commit that is none',
      whole(Buffer.from('{"id":"a/b","sha":"../../x"}')),
      'names no commit for "main"',
    ],
  ])('%s', async (_, fault, message) => {
    meet(hub, { path: '/revision/' }, fault);
    expect(await failure()).toContain(message);
  });

  it('a list of something else', async () => {
    meet(hub, { path: '/tree/' }, whole(Buffer.from('[{"type":"file","path":"a","size":"big"}]')));
    expect(await failure()).toContain('is not the JSON of a hub');
  });
});
