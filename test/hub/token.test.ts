import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { fetchModel } from '../../lib/hub/fetch-model.js';
import { readHubSettings } from '../../lib/hub/hub-settings.js';
import { meet } from './faults.js';
import {
  EXTERNAL,
  environmentOf,
  externalFiles,
  fetchWith,
  newFolder,
  open,
  startLab,
} from './fetch-setup.js';
import { filesBelow } from './files-below.js';
import { GOOD_TOKEN, type HubServer } from './hub-server.js';

vi.mock('../../lib/hub/pause.js', () => ({ pause: async () => undefined }));

let hub: HubServer;
beforeAll(async () => {
  hub = await startLab();
  hub.repositories['lab/private'] = open(externalFiles(), 'private');
});
afterEach(() => {
  hub.heard.length = 0;
  hub.fault = null;
});
afterAll(() => hub.close());

const failing = (environment: NodeJS.ProcessEnv, id = EXTERNAL): Promise<string> =>
  fetchModel({ id }, { environment }).then(
    () => 'it was fetched',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('the access token', () => {
  it('goes to the hub with every request, and never to where the hub redirects', async () => {
    await fetchWith(environmentOf(hub, { HF_TOKEN: GOOD_TOKEN }), { id: 'lab/private' });
    const sentTo = (side: 'hub' | 'cdn') =>
      hub.heard.filter((heard) => heard.side === side).map(({ headers }) => headers.authorization);
    expect(sentTo('hub').length).toBeGreaterThan(5);
    expect(new Set(sentTo('hub'))).toEqual(new Set([`Bearer ${GOOD_TOKEN}`]));
    expect(sentTo('cdn').length).toBeGreaterThan(1);
    expect(new Set(sentTo('cdn'))).toEqual(new Set([undefined]));
    const elsewhere = hub.heard.filter(({ side }) => side === 'cdn');
    expect(JSON.stringify(elsewhere)).not.toContain(GOOD_TOKEN);
    expect(JSON.stringify(hub.heard.map(({ url }) => url))).not.toContain(GOOD_TOKEN);
  });

  it('goes nowhere else even if the list of files goes on elsewhere', async () => {
    meet(hub, { side: 'hub', path: '/tree/' }, (_, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('link', `<${hub.cdn}/api/next>; rel="next"`);
      response.end('[]');
      return true;
    });
    await failing(environmentOf(hub, { HF_TOKEN: GOOD_TOKEN }));
    const next = hub.heard.filter(({ url }) => url === '/api/next');
    expect(next.map(({ side, headers }) => [side, headers.authorization])).toEqual([['cdn', undefined]]);
  });

  it('stands in no file and no message', async () => {
    const environment = environmentOf(hub, { HF_TOKEN: GOOD_TOKEN });
    const { lines } = await fetchWith(environment, { id: 'lab/private' });
    expect(lines.join()).not.toContain(GOOD_TOKEN);
    const texts = filesBelow(environment.HOME ?? '').map((path) => readFileSync(path, 'latin1'));
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.some((text) => text.includes(GOOD_TOKEN))).toBe(false);
    const secret = 'hf_secretThatIsWrong';
    expect(await failing(environmentOf(hub, { HF_TOKEN: secret }))).not.toContain(secret);
    const broken = await failing(environmentOf(hub, { HF_TOKEN: 'hf_two\nlines' }));
    expect(broken).toMatch(
      /^InputError: Reading the access token from HF_TOKEN: it holds characters that no token/,
    );
    expect(broken).not.toContain('hf_two');
  });

  it('is read from the file that the login of the hub writes', async () => {
    const home = newFolder();
    writeFileSync(join(home, 'token'), `${GOOD_TOKEN}\n`);
    expect(readHubSettings({ HF_HOME: home }).token?.value).toBe(GOOD_TOKEN);
    expect(readHubSettings({ HF_HOME: home, HF_TOKEN: 'hf_other' }).token?.value).toBe('hf_other');
    expect(readHubSettings({ HF_TOKEN_PATH: join(home, 'token'), HOME: newFolder() }).token?.source).toBe(
      join(home, 'token'),
    );
    expect(readHubSettings({ HOME: newFolder() }).token).toBeNull();
  });
});

describe('where requests lead', () => {
  it('a circle of redirects is left', async () => {
    meet(hub, { path: '/' }, (heard, response) => {
      response.writeHead(302, { location: heard.url });
      response.end();
      return true;
    });
    expect(await failing(environmentOf(hub))).toContain('redirects in a circle (10 times');
  });

  it('an address that is none is not followed', async () => {
    meet(hub, { path: '/' }, (_, response) => {
      response.writeHead(302, { location: 'file:///etc/passwd' });
      response.end();
      return true;
    });
    expect(await failing(environmentOf(hub))).toContain('redirects from http:// to file://');
  });

  it('a renamed repository is found under its new name', async () => {
    hub.fault = (heard, response) => {
      if (!heard.url.includes('lab/old')) {
        return false;
      }
      response.writeHead(307, { location: heard.url.replace('lab/old', EXTERNAL) });
      response.end();
      return true;
    };
    const { model } = await fetchWith(environmentOf(hub), { id: 'lab/old' });
    expect(model.folder).toContain('models--lab--old');
  });

  it('signatures of download addresses stand in no message', async () => {
    meet(hub, { side: 'cdn', path: 'model.onnx' }, (_, response) => {
      response.writeHead(403);
      response.end();
      return true;
    });
    const message = await failing(environmentOf(hub));
    expect(message).toContain('refuses access to lab/external (status 403)');
    expect(message).not.toContain('secret');
  });
});

describe('a hub that cannot be reached', () => {
  const certificate = {
    key: readFileSync(projectPath('test', 'hub', 'self-signed-key.pem')),
    cert: readFileSync(projectPath('test', 'hub', 'self-signed-cert.pem')),
  };

  it('for its certificate: names it and the way out', async () => {
    const server = createHttps(certificate, (_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const message = await failing({ ...environmentOf(hub), HF_ENDPOINT: endpoint, HF_TOKEN: GOOD_TOKEN });
    server.close();
    expect(message).toMatch(
      /^InputError: .*the certificate of 127.* cannot be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/,
    );
  });

  it('since nobody listens: says where it was sought, and that a proxy is not used', async () => {
    const server = createTcp();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const environment = { ...environmentOf(hub), HF_ENDPOINT: `http://127.0.0.1:${port}` };
    const message = await failing(environment);
    expect(message).toContain(`127.0.0.1:${port} refuses connections (ECONNREFUSED)`);
    expect(message).toContain('HF_HUB_OFFLINE=1');
    expect(message).not.toContain('proxy');
    expect(await failing({ ...environment, HTTPS_PROXY: 'http://user:pass@proxy:1' })).toMatch(
      /HTTPS_PROXY is set, but Node's own requests go past a proxy/,
    );
    expect(await failing({ ...environment, HTTPS_PROXY: 'http://user:pass@proxy:1' })).not.toContain(
      'user:pass',
    );
  });

  it('since its name is unknown', async () => {
    const message = await failing({ ...environmentOf(hub), HF_ENDPOINT: 'http://no-such-host.invalid' });
    expect(message).toMatch(/the host no-such-host\.invalid cannot be found \((ENOTFOUND|EAI_AGAIN)\)/);
  });

  it.each([
    ['not an address', 'found "not an address", expected the address of a hub'],
    ['ftp://hub', 'found "ftp://hub", expected the address of a hub'],
    ['https://me:secret@hub', 'it holds a user name or password (not shown)'],
  ])('under the address %s', async (endpoint, message) => {
    expect(await failing({ HF_ENDPOINT: endpoint })).toContain(message);
  });
});
