import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchModel } from '../../lib/hub/fetch-model.js';
import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import { EXTERNAL, environmentOf, externalFiles, fetchWith, newFolder, startLab } from './fetch-setup.js';
import { COMMIT, gitSha1, type HubServer, sha256 } from './hub-server.js';

let hub: HubServer;
beforeAll(async () => {
  hub = await startLab();
});
afterEach(() => {
  hub.heard.length = 0;
  hub.fault = null;
});
afterAll(() => hub.close());

const OFFLINE = { HF_HUB_OFFLINE: '1' };
const repositoryIn = (environment: NodeJS.ProcessEnv): string =>
  join(environment.HF_HOME ?? '', 'hub', 'models--lab--external');

/** A cache as Python's huggingface_hub lays it out: links to blobs that are named by their checksum. */
function layLinks(environment: NodeJS.ProcessEnv, only: (name: string) => boolean = () => true): string {
  const repository = repositoryIn(environment);
  for (const [name, bytes] of Object.entries(externalFiles()).filter(([one]) => only(one))) {
    const isLarge = /\.onnx$|_data$|tokenizer\.json$/.test(name);
    const blob = join(repository, 'blobs', isLarge ? sha256(bytes) : gitSha1(bytes));
    const pointer = join(repository, 'snapshots', COMMIT, name);
    for (const path of [blob, pointer]) {
      mkdirSync(dirname(path), { recursive: true });
    }
    writeFileSync(blob, bytes);
    symlinkSync(relative(dirname(pointer), blob), pointer);
  }
  mkdirSync(join(repository, 'refs'));
  writeFileSync(join(repository, 'refs', 'main'), COMMIT);
  return join(repository, 'snapshots', COMMIT);
}

describe("a cache of Python's library", () => {
  it.each([
    ['with the hub', {}],
    ['without it', OFFLINE],
  ])('is taken as it is %s: links become plain files, nothing is fetched', async (_, more) => {
    const environment = environmentOf(hub, more);
    const folder = layLinks(environment);
    const { model } = await fetchWith(environment, { id: EXTERNAL });
    expect(model.downloadedBytes).toBe(0);
    expect(hub.heard.filter(({ sent }) => sent > 0)).toEqual([]);
    expect(lstatSync(join(folder, 'model.onnx_data')).isSymbolicLink()).toBe(false);
    // A hard link: the weights lie on the disk once.
    expect(statSync(join(folder, 'model.onnx_data')).nlink).toBe(2);
    const { model: opened } = await openModelFolder(model.folder, { provider: 'cpu', threads: 1 });
    expect(opened.card.vocabularySize).toBeGreaterThan(0);
    await opened.close();
  });

  it('that has a part of it only is filled up', async () => {
    const environment = environmentOf(hub);
    layLinks(environment, (name) => name !== 'config.json');
    const { model } = await fetchWith(environment, { id: EXTERNAL });
    expect(model.downloadedBytes).toBe(externalFiles()['config.json']?.length);
  });

  it('with the blob of a file, but no name for it yet', async () => {
    const environment = environmentOf(hub);
    const folder = layLinks(environment);
    rmSync(join(folder, 'model.onnx_data'));
    expect((await fetchWith(environment, { id: EXTERNAL })).model.downloadedBytes).toBe(0);
  });
});

describe('without the hub', () => {
  it('a fetched model is found by its branch and by its commit, with no request', async () => {
    const environment = environmentOf(hub);
    const { model } = await fetchWith(environment, { id: EXTERNAL });
    hub.heard.length = 0;
    for (const variable of ['HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE']) {
      for (const revision of ['main', COMMIT]) {
        const again = await fetchWith({ ...environment, [variable]: 'true' }, { id: EXTERNAL, revision });
        expect(again.model).toEqual({ ...model, downloadedBytes: 0 });
      }
    }
    expect(hub.heard).toEqual([]);
  });

  it('an incomplete one is refused, and the missing file named', async () => {
    const environment = environmentOf(hub);
    const { model } = await fetchWith(environment, { id: EXTERNAL });
    hub.heard.length = 0;
    rmSync(join(model.folder, 'model.onnx_data'));
    const missing = fetchModel({ id: EXTERNAL }, { environment: { ...environment, ...OFFLINE } });
    await expect(missing).rejects.toThrow(/lacks model\.onnx_data \(\d+\.\d MB\).*Unset HF_HUB_OFFLINE/);
    expect(hub.heard).toEqual([]);
  });

  it('what is not there is said, with what is', async () => {
    const environment = { ...environmentOf(hub), ...OFFLINE };
    await expect(fetchModel({ id: EXTERNAL }, { environment })).rejects.toThrow(
      'models--lab--external holds nothing of this model. Expected files that were fetched before',
    );
    layLinks(environment);
    await expect(fetchModel({ id: EXTERNAL, revision: 'v2' }, { environment })).rejects.toThrow(
      `holds the commits ${COMMIT}.`,
    );
    await expect(fetchModel({ id: EXTERNAL }, { environment, to: newFolder() })).rejects.toThrow(
      'holds no files of it',
    );
    expect(hub.heard).toEqual([]);
  });

  it("a folder of the user's own serves, too", async () => {
    const environment = environmentOf(hub);
    const to = newFolder();
    await fetchWith(environment, { id: EXTERNAL }, { to });
    const moved = `${to}-moved`;
    renameSync(to, moved);
    const { model } = await fetchWith({ ...environment, ...OFFLINE }, { id: EXTERNAL }, { to: moved });
    expect(model.folder).toBe(moved);
  });
});

describe('where the cache is', () => {
  it.each([
    ['HF_HUB_CACHE', (folder: string) => ({ HF_HUB_CACHE: folder }), ''],
    ['HF_HOME', (folder: string) => ({ HF_HOME: folder }), 'hub'],
    ['XDG_CACHE_HOME', (folder: string) => ({ HF_HOME: '', XDG_CACHE_HOME: folder }), 'huggingface/hub'],
    ['HOME', (folder: string) => ({ HF_HOME: '', HOME: folder }), '.cache/huggingface/hub'],
    ['~', (folder: string) => ({ HOME: folder, HF_HUB_CACHE: '~/x' }), 'x'],
  ])('%s says', async (_, variables, below) => {
    const folder = newFolder();
    const { model } = await fetchWith(environmentOf(hub, variables(folder)), { id: EXTERNAL });
    expect(model.folder).toBe(join(folder, below, 'models--lab--external', 'snapshots', COMMIT));
    expect(readFileSync(join(model.folder, 'LICENSE'), 'utf8')).toBe('a licence');
  });
});
