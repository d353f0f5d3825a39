import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelArgument } from '../../lib/cli/model-argument.js';
import { projectPath } from '../../lib/files/data-folder.js';

describe('modelArgument', () => {
  const folder = projectPath('data', 'models', 'mini', 'mini-6k');

  it('takes a folder that is there, under its own name or another', () => {
    expect(modelArgument(folder, {})).toEqual({ name: 'mini-6k', folder });
    expect(modelArgument(folder, { name: 'small', graph: 'model.onnx' })).toEqual({
      ...{ name: 'small', folder, graph: 'model.onnx' },
    });
  });

  it('takes what is no folder, and could be the name of a repository, for one', () => {
    expect(modelArgument('onnx-community/Some-Model-0.5B', { dtype: 'q4' })).toEqual({
      ...{ name: 'Some-Model-0.5B', hub: 'onnx-community/Some-Model-0.5B', dtype: 'q4' },
    });
    expect(modelArgument('organisation/model@refs/pr/2', {})).toEqual({
      ...{ name: 'model', hub: 'organisation/model', revision: 'refs/pr/2' },
    });
  });

  it.each(['./here/model', '/nowhere/model', 'a/b/c', 'model'])(
    'takes %s for a folder, and says where none is and what a model may be',
    (given) => {
      expect(() => modelArgument(given, {})).toThrow(
        `Reading the model "${given}": there is no folder ${resolve(given)}.\nExpected one of:\n` +
          '  a folder with an ONNX graph and tokenizer.json,\n  org/name or org/name@revision, a model of the Hugging Face hub',
      );
      expect(() => modelArgument(given, {})).toThrow(
        'the address of a server that runs it, http://... or https://...',
      );
    },
  );

  it('takes a path below a folder that is there for a folder: a typing error is no repository', () => {
    expect(() => modelArgument('lib/mini-6l', {})).toThrow(
      `there is no folder ${resolve('lib/mini-6l')}.\nIt was not taken for a model of the hub, because lib is a folder here.\nExpected`,
    );
  });

  it('refuses a file, and names the way from it to a folder', () => {
    const graph = join(folder, 'model.onnx');
    expect(() => modelArgument(graph, {})).toThrow(
      `${graph} is a file.\nExpected its folder, and the graph by its name: data/models/mini/mini-6k --graph model.onnx`,
    );
    const gguf = join(mkdtempSync(join(tmpdir(), 'model-')), 'model.gguf');
    writeFileSync(gguf, '');
    expect(() => modelArgument(gguf, {})).toThrow(`Make one: npx culture-lens convert ${gguf} <out>`);
    expect(() => modelArgument('package.json', {})).toThrow(/package\.json is a file\.\nExpected one of:/);
  });

  it('takes a revision of a model of the hub, behind its name or as an option', () => {
    const found = { name: 'model', hub: 'organisation/model', revision: 'v1' };
    expect(modelArgument('organisation/model', { revision: 'v1' })).toEqual(found);
    expect(modelArgument('organisation/model@v1', { revision: 'v1' })).toEqual(found);
    expect(() => modelArgument('organisation/model@v1', { revision: 'v2' })).toThrow(
      'Reading the model organisation/model@v1: --revision says "v2" and the id "v1". Expected one of them: leave one out.',
    );
  });

  it('refuses a revision of a folder or of a server', () => {
    expect(() => modelArgument(folder, { revision: 'v1' })).toThrow(
      '--revision is for models of the hub (org/name), and this is a folder here. Leave it out.',
    );
    expect(() => modelArgument('http://127.0.0.1:8000', { revision: 'v1', tokenizer: folder })).toThrow(
      '--revision says which model of a folder or the hub; what a server runs is decided there. Leave it out.',
    );
  });
});
