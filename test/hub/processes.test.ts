import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { fetchModel } from '../../lib/hub/fetch-model.js';
import { mountSmallDisk, type SmallDisk, whyNoMount } from '../runs/store/tmpfs.js';
import { cutAfter, meet, silence } from './faults.js';
import {
  EXTERNAL,
  environmentOf,
  externalFiles,
  fetchWith,
  MINI,
  miniFiles,
  startLab,
} from './fetch-setup.js';
import { COMMIT, GOOD_TOKEN, type HubServer, sendFile } from './hub-server.js';

const DATA = 'model.onnx_data';
const data = externalFiles()[DATA] ?? Buffer.alloc(0);

let hub: HubServer;
const children: ChildProcess[] = [];
beforeAll(async () => {
  hub = await startLab();
});
afterEach(() => {
  hub.heard.length = 0;
  hub.fault = null;
});
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
  await hub.close();
});

/** Everything that a command said, and how it ended. */
interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  environment: NodeJS.ProcessEnv,
  ...words: string[]
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [projectPath('lib', 'bin', 'culture-lens.js'), ...words], {
    cwd: projectPath(),
    env: { PATH: process.env.PATH, ...environment },
  });
  children.push(child);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (text: Buffer) => {
      said[name] += text.toString();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on('close', (status) => resolve({ status, ...said })));
  return { child, ended };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await sleep(10);
  }
}

const snapshotIn = (environment: NodeJS.ProcessEnv): string =>
  join(environment.HF_HOME ?? '', 'hub', 'models--lab--external', 'snapshots', COMMIT);

/** Waits until a part of the weights has this size. */
async function untilPart(environment: NodeJS.ProcessEnv, bytes: number): Promise<void> {
  const folder = snapshotIn(environment);
  const sizes = (): number[] =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => name.startsWith(`.${DATA}`))
      .map((name) => readFileSync(join(folder, name)).length);
  await until(() => sizes().includes(bytes));
}

describe('a process that fetches', () => {
  it.each([['SIGKILL'], ['SIGINT']] as const)('and is stopped by %s loses nothing', async (signal) => {
    const environment = environmentOf(hub, { HF_HUB_DOWNLOAD_TIMEOUT: '60' });
    meet(hub, { side: 'cdn', path: DATA, times: 1 }, silence(data, 9000));
    const { child, ended } = run(environment, 'fetch', EXTERNAL);
    await untilPart(environment, 9000);
    child.kill(signal);
    const { status, stderr } = await ended;
    if (signal === 'SIGINT') {
      expect(status).toBe(130);
      expect(stderr).toContain(`To go on from there: npx culture-lens fetch ${EXTERNAL}`);
    }
    hub.heard.length = 0;
    const again = await run(environment, 'fetch', EXTERNAL).ended;
    expect(again.status).toBe(0);
    expect(again.stderr).toContain(`${DATA}: going on from byte 9,000`);
    expect(hub.heard.filter(({ sent }) => sent > 0).map(({ sent }) => sent)).toEqual([data.length - 9000]);
    expect(readFileSync(join(snapshotIn(environment), DATA)).equals(data)).toBe(true);
    expect(again.stdout).toMatch(
      new RegExp(
        `^${EXTERNAL} at ${COMMIT}: 6 files, .* MB fetched now, all checked\nGraph: {2}model\\.onnx\nFolder: .*${COMMIT}`,
      ),
    );
    expect(again.stdout).toContain(`\nAsk it: npx culture-lens probe ${EXTERNAL}@${COMMIT}\n`);
  });

  it('is waited for by a second one, which then finds all there', async () => {
    const environment = environmentOf(hub, { HF_HUB_DOWNLOAD_TIMEOUT: '60' });
    let letGo = (): void => undefined;
    meet(hub, { side: 'cdn', path: DATA, times: 1 }, (heard, response) => {
      letGo = () => sendFile(heard, response, data);
      return true;
    });
    const first = run(environment, 'fetch', EXTERNAL);
    await until(() => hub.heard.some(({ side, url }) => side === 'cdn' && url.includes(DATA)));
    const lines: string[] = [];
    const second = fetchModel({ id: EXTERNAL }, { environment, onMessage: (line) => lines.push(line) });
    await until(() => lines.length > 0);
    expect(lines[0]).toMatch(`Waiting for process ${first.child.pid}, which holds`);
    letGo();
    expect((await first.ended).status).toBe(0);
    expect((await second).downloadedBytes).toBe(0);
    expect(hub.heard.filter(({ side, url }) => side === 'cdn' && url.includes(DATA))).toHaveLength(1);
  });

  it('tells the graphs of a repository, and fetches nothing', async () => {
    const environment = environmentOf(hub);
    const { status, stdout } = await run(environment, 'fetch', MINI, '--list').ended;
    const size = `${(Math.round((miniFiles()['onnx/model.onnx']?.length ?? 0) / 1e5) / 10).toFixed(1)} MB`;
    expect(stdout).toContain(`fp32   ${size}  onnx/model.onnx\nq4     ${size}  onnx/model_q4.onnx\n`);
    expect(stdout).toContain(`${MINI} at ${COMMIT}. Take one with --dtype or --graph.`);
    expect(status).toBe(0);
    expect(existsSync(environment.HF_HOME ?? '')).toBe(false);
  });

  it('trusts the certificate that NODE_EXTRA_CA_CERTS names, and follows no redirect from https to http', async () => {
    const pem = (name: string): string => projectPath('test', 'hub', `self-signed-${name}.pem`);
    const files = { key: readFileSync(pem('key')), cert: readFileSync(pem('cert')) };
    const server = createHttps(files, ({ url = '/' }, response) => {
      response.writeHead(302, { location: `${hub.endpoint}${url}` });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const more = { HF_ENDPOINT: endpoint, NODE_EXTRA_CA_CERTS: pem('cert'), HF_TOKEN: GOOD_TOKEN };
    const { status, stderr } = await run(environmentOf(hub, more), 'fetch', EXTERNAL).ended;
    server.close();
    expect(stderr).toContain(
      `redirects from https:// to http://${new URL(hub.endpoint).host}. That is not followed.`,
    );
    expect(status).toBe(1);
    expect(hub.heard).toEqual([]);
  });

  it('says what is wrong with status 1, and an unknown form with status 2', async () => {
    const environment = environmentOf(hub);
    const wrong = await run(environment, 'fetch', 'gpt2').ended;
    expect(wrong).toMatchObject({ status: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^\nculture-lens: Reading the model id "gpt2": it names no organisation/);
    const form = await run(environment, 'fetch', MINI, '--dtype', 'q5').ended;
    expect(form.status).toBe(2);
    expect(form.stderr).toContain('Allowed choices are fp32, fp16');
  });
});

const title = whyNoMount === null ? '' : ` (skipped: ${whyNoMount})`;

describe.skipIf(whyNoMount !== null)(`a disk${title}`, () => {
  const disks: SmallDisk[] = [];
  const mount = (size: string): SmallDisk => {
    const disk = mountSmallDisk(size);
    disks.push(disk);
    return disk;
  };
  afterEach(() => {
    for (const disk of disks.splice(0)) {
      disk.unmount();
    }
  });

  it('that is too small is found before anything is fetched', async () => {
    const { folder } = mount('100k');
    const environment = { ...environmentOf(hub), HF_HUB_CACHE: folder };
    await expect(fetchModel({ id: EXTERNAL }, { environment })).rejects.toThrow(
      /MB are still to come, the disk has 0\.1 MB free.*HF_HUB_CACHE/,
    );
    expect(hub.heard.filter(({ sent }) => sent > 0)).toEqual([]);
  });

  it('that becomes full on the way keeps what has arrived, and the next command goes on', async () => {
    const disk = mount('1m');
    const environment = { ...environmentOf(hub), HF_HUB_CACHE: disk.folder };
    meet(hub, { side: 'cdn', path: DATA, times: 1 }, (heard, response, answer) => {
      const { bavail, bsize } = statfsSync(disk.folder);
      writeFileSync(join(disk.folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - 8192)));
      return cutAfter(data, data.length)(heard, response, answer);
    });
    const failed = fetchModel({ id: EXTERNAL }, { environment });
    await expect(failed).rejects.toThrow(
      /^Fetching model\.onnx_data of .*the disk is full.*Free some space and repeat/,
    );
    disk.remount('size=4m');
    const { model, lines } = await fetchWith(environment, { id: EXTERNAL });
    expect(lines[0]).toMatch(/^model\.onnx_data: going on from byte [1-9]/);
    expect(readFileSync(join(model.folder, DATA)).equals(data)).toBe(true);
  });

  it('that is read-only serves what it has, and is named where something is missing', async () => {
    const disk = mount('4m');
    const environment = { ...environmentOf(hub), HF_HUB_CACHE: disk.folder };
    await fetchWith(environment, { id: EXTERNAL });
    disk.remount('ro');
    expect((await fetchWith(environment, { id: EXTERNAL })).model.downloadedBytes).toBe(0);
    await expect(fetchModel({ id: MINI }, { environment })).rejects.toThrow(
      /cannot be written \(E?ROFS.*this user may write to/,
    );
  });
});
