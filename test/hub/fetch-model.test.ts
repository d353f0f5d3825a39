import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchModel } from '../../lib/hub/fetch-model.js';
import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import type { EncodedPrompt } from '../../lib/types.js';
import {
  EXTERNAL,
  environmentOf,
  externalFiles,
  fetchWith,
  fixture,
  MINI,
  miniFiles,
  miniFolder,
  newFolder,
  open,
  startLab,
} from './fetch-setup.js';
import { COMMIT, type HubServer, sha256 } from './hub-server.js';

let hub: HubServer;
beforeAll(async () => {
  hub = await startLab();
});
afterEach(() => {
  hub.heard.length = 0;
  hub.fault = null;
});
afterAll(() => hub.close());

/** Log-probabilities of a few tokens after a few others. */
async function numbersOf(folder: string): Promise<readonly (readonly number[])[]> {
  const { model } = await openModelFolder(folder, { provider: 'cpu', threads: 1 });
  try {
    const listed = [3, 5, 8].map((tokenId) => ({ tokenId, text: String(tokenId) }));
    const prompts = [
      [1, 2, 3, 4],
      [7, 6, 5],
    ].map((tokenIds) => ({ tokenIds, optionTokens: listed }) as unknown as EncodedPrompt);
    const readings = await model.optionLogProbs(prompts);
    return readings.map((reading) => (reading.kind === 'read' ? reading.optionLogProbs : []));
  } finally {
    await model.close();
  }
}

describe('a fetched model', () => {
  it.each([
    [EXTERNAL, 'model.onnx', fixture('external-data')],
    [MINI, 'onnx/model.onnx', miniFolder],
  ])('%s opens and gives the numbers of the original', async (id, graph, original) => {
    const { model } = await fetchWith(environmentOf(hub), { id });
    expect(model.revision).toBe(COMMIT);
    expect(model.graph).toBe(graph);
    expect(existsSync(join(model.folder, model.graph))).toBe(true);
    const numbers = await numbersOf(model.folder);
    expect(numbers.map((some) => some.length)).toEqual([3, 3]);
    expect(numbers.flat().every(Number.isFinite)).toBe(true);
    expect(numbers).toEqual(await numbersOf(original));
  });

  it('lies in the layout of the hub, in plain files, with what belongs to it and nothing else', async () => {
    const environment = environmentOf(hub);
    const { model } = await fetchWith(environment, { id: EXTERNAL });
    const repository = join(environment.HF_HOME ?? '', 'hub', 'models--lab--external');
    expect(model.folder).toBe(join(repository, 'snapshots', COMMIT));
    expect(readFileSync(join(repository, 'refs', 'main'), 'utf8')).toBe(COMMIT);
    const names = [
      'LICENSE',
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'model.onnx',
      'model.onnx_data',
    ];
    expect(readdirSync(model.folder).sort()).toEqual(
      ['.culture-lens-checked.json', '.culture-lens-fetch.json', ...names].sort(),
    );
    const files = externalFiles();
    const bytesOf = (name: string): Buffer => files[name] ?? Buffer.alloc(0);
    expect(model.files).toEqual(
      names.map((name) => ({ name, bytes: bytesOf(name).length, sha256: sha256(bytesOf(name)) })),
    );
    expect(names.map((name) => readFileSync(join(model.folder, name)).equals(bytesOf(name)))).not.toContain(
      false,
    );
    expect(model.downloadedBytes).toBe(names.reduce((sum, name) => sum + bytesOf(name).length, 0));
  });

  it('is not fetched twice: one request asks what main is now, none is made for a commit', async () => {
    const environment = environmentOf(hub);
    const first = await fetchWith(environment, { id: EXTERNAL });
    hub.heard.length = 0;
    const again = await fetchWith(environment, { id: EXTERNAL });
    expect(hub.heard.map(({ url }) => url.split('?')[0])).toEqual([`/api/models/${EXTERNAL}/revision/main`]);
    expect(again.model).toEqual({ ...first.model, downloadedBytes: 0 });
    hub.heard.length = 0;
    await fetchWith(environment, { id: EXTERNAL, revision: COMMIT });
    expect(hub.heard).toEqual([]);
  });

  it('takes the graph of the form that is asked for, and no other', async () => {
    const { model } = await fetchWith(environmentOf(hub), { id: MINI, dtype: 'q4' });
    expect(model.graph).toBe('onnx/model_q4.onnx');
    expect(readdirSync(join(model.folder, 'onnx'))).toEqual(['model_q4.onnx']);
    const named = await fetchWith(environmentOf(hub), { id: MINI, graph: 'onnx/model_q4.onnx' });
    expect(named.model.graph).toBe('onnx/model_q4.onnx');
  });

  it('in a folder below the top has what it lacks from the top, where it is opened from', async () => {
    const { 'model.onnx': graph = Buffer.alloc(0), ...side } = externalFiles();
    const { 'model.onnx_data': data = Buffer.alloc(0), ...top } = side;
    hub.repositories['lab/below'] = open({
      ...top,
      'cpu/int4/model.onnx': graph,
      'cpu/int4/model.onnx_data': data,
    });
    const { model } = await fetchWith(environmentOf(hub), { id: 'lab/below' });
    expect(model.folder.endsWith(join(COMMIT, 'cpu', 'int4'))).toBe(true);
    expect(model.graph).toBe('model.onnx');
    expect(readdirSync(join(model.folder, '..', '..'))).toContain('tokenizer.json');
    expect(await numbersOf(model.folder)).toEqual(await numbersOf(fixture('external-data')));
  });

  it('has the weights that its graph names, whatever they are called, and not what only looks like them', async () => {
    const { 'model.onnx_data': data = Buffer.alloc(0), ...others } = externalFiles();
    const graph = others['model.onnx'] ?? Buffer.alloc(0);
    // The same length, so that the protobuf message around it stays right.
    const renamed = Buffer.from(
      graph.toString('latin1').replaceAll('model.onnx_data', 'weights/all.bin'),
      'latin1',
    );
    hub.repositories['lab/renamed'] = open({
      ...others,
      'model.onnx': renamed,
      'weights/all.bin': data,
      'model.onnx_data_of_another_day': Buffer.alloc(10),
    });
    const { model } = await fetchWith(environmentOf(hub), { id: 'lab/renamed' });
    expect(model.files.map(({ name }) => name)).toContain('weights/all.bin');
    expect(readdirSync(model.folder)).not.toContain('model.onnx_data_of_another_day');
    expect(await numbersOf(model.folder)).toEqual(await numbersOf(fixture('external-data')));
    hub.repositories['lab/renamed'] = open({ ...others, 'model.onnx': renamed });
    await expect(fetchModel({ id: 'lab/renamed' }, { environment: environmentOf(hub) })).rejects.toThrow(
      'the graph refers to "weights/all.bin", and the repository has no weights/all.bin',
    );
    const outside = Buffer.from(
      graph.toString('latin1').replaceAll('model.onnx_data', '../../.././evil'),
      'latin1',
    );
    hub.repositories['lab/renamed'] = open({ ...others, 'model.onnx': outside });
    await expect(fetchModel({ id: 'lab/renamed' }, { environment: environmentOf(hub) })).rejects.toThrow(
      'refers to "../../.././evil", which leads out of its folder',
    );
  });

  it('of a new commit takes over the files that stayed the same', async () => {
    const environment = environmentOf(hub);
    const files = externalFiles();
    hub.repositories['lab/moving'] = { files, revisions: { main: COMMIT } };
    await fetchWith(environment, { id: 'lab/moving' });
    const next = '2e'.repeat(20);
    const config = Buffer.from(`${files['config.json']?.toString()} `);
    hub.repositories['lab/moving'] = {
      files: { ...files, 'config.json': config },
      revisions: { main: next },
    };
    const { model } = await fetchWith(environment, { id: 'lab/moving' });
    expect(model.revision).toBe(next);
    expect(model.downloadedBytes).toBe(config.length);
    expect(await numbersOf(model.folder)).toEqual(await numbersOf(fixture('external-data')));
  });

  it('goes into a folder of the user, where nothing is replaced', async () => {
    const environment = environmentOf(hub);
    const to = join(newFolder(), 'mine');
    const { model } = await fetchWith(environment, { id: EXTERNAL }, { to });
    expect(model.folder).toBe(to);
    expect(existsSync(environment.HF_HOME ?? '')).toBe(false);
    hub.heard.length = 0;
    expect((await fetchWith(environment, { id: EXTERNAL }, { to })).model.downloadedBytes).toBe(0);
    await expect(fetchModel({ id: MINI }, { environment, to })).rejects.toThrow(
      `it holds ${EXTERNAL} at ${COMMIT}. Expected a new folder`,
    );
    const own = newFolder();
    writeFileSync(join(own, 'config.json'), 'my own');
    await expect(fetchModel({ id: EXTERNAL }, { environment, to: own })).rejects.toThrow(
      /a file of this name is there, with other content.*Delete it/,
    );
    expect(readFileSync(join(own, 'config.json'), 'utf8')).toBe('my own');
  });

  it('tells its progress, file by file, up to the last byte', async () => {
    const told: string[] = [];
    let last = { file: '', received: 0, total: 0, files: { done: 0, total: 0 } };
    await fetchModel(
      { id: MINI },
      {
        environment: environmentOf(hub),
        onProgress: (progress) => {
          last = progress;
          if (progress.received === progress.total) {
            told.push(`${progress.file} ${progress.files.done}/${progress.files.total}`);
          }
        },
      },
    );
    const { length } = miniFiles()['onnx/model.onnx'] ?? [];
    expect(last).toEqual({
      file: 'onnx/model.onnx',
      received: length,
      total: length,
      files: { done: 4, total: 4 },
    });
    expect([...new Set(told)]).toEqual([
      'config.json 1/4',
      'tokenizer.json 2/4',
      'tokenizer_config.json 3/4',
      'onnx/model.onnx 4/4',
    ]);
  });
});
