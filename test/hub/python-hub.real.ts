import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { exportersPython } from '../support/exporters-python.js';
import { EXTERNAL, environmentOf, externalFiles, fetchWith, startLab } from './fetch-setup.js';
import { COMMIT, type HubServer } from './hub-server.js';

/** What read_cache.py prints. */
interface Found {
  readonly version: string;
  readonly folder: string;
  readonly one: string;
  readonly files: Readonly<Record<string, number>>;
  readonly isLink: boolean;
}

let hub: HubServer;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  hub = await startLab();
});
beforeEach(() => {
  environment = environmentOf(hub, { HF_HUB_DISABLE_TELEMETRY: '1', HF_HUB_DISABLE_XET: '1' });
  hub.heard.length = 0;
});
afterAll(() => hub.close());

async function inPython(what: 'find' | 'fetch'): Promise<Found> {
  const program = projectPath('test', 'hub', 'read_cache.py');
  const { stdout } = await promisify(execFile)(exportersPython, [program, what, EXTERNAL], {
    env: { PATH: process.env.PATH, ...environment },
  });
  return JSON.parse(stdout) as Found;
}

const sizes = (names: readonly string[]): Record<string, number> => {
  const files = externalFiles();
  return Object.fromEntries(names.map((name) => [name, files[name]?.length ?? -1]));
};

it("what we fetched is found by Python's library, without a request", async () => {
  const { model } = await fetchWith(environment, { id: EXTERNAL });
  hub.heard.length = 0;
  const found = await inPython('find');
  expect(found.folder).toBe(model.folder);
  expect(found.one).toBe(join(model.folder, 'model.onnx_data'));
  expect(found.files).toEqual(sizes(model.files.map(({ name }) => name)));
  expect(hub.heard).toEqual([]);
});

it("what Python's library fetched is taken by us without a download, its links made plain files", async () => {
  const fetched = await inPython('fetch');
  expect(fetched.isLink).toBe(true);
  expect(fetched.files).toEqual(sizes(Object.keys(externalFiles()).filter((name) => !name.endsWith('.png'))));
  hub.heard.length = 0;
  const { model } = await fetchWith(environment, { id: EXTERNAL });
  expect(model).toMatchObject({ folder: fetched.folder, revision: COMMIT, downloadedBytes: 0 });
  expect(hub.heard.filter(({ sent }) => sent > 0)).toEqual([]);
  expect(lstatSync(fetched.one).isSymbolicLink()).toBe(false);
  // And Python still finds it, all of it, with the hub and without.
  const names = Object.keys(fetched.files);
  expect((await inPython('fetch')).files).toEqual(sizes(names));
  expect(hub.heard.filter(({ sent }) => sent > 0)).toEqual([]);
});

it('what both fetched a part of comes together', async () => {
  await fetchWith(environment, { id: EXTERNAL });
  hub.heard.length = 0;
  const { files } = await inPython('fetch');
  expect(files['model.onnx_data']).toBe(externalFiles()['model.onnx_data']?.length);
  // Only what is no part of the model was missing.
  const sent = hub.heard.filter((heard) => heard.sent > 0).map(({ url }) => url.split('/').at(-1) ?? '');
  expect(sent.sort()).toEqual(['README.md', 'expected.json']);
});
