import { join } from 'node:path';
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

  it.each(['./here/model', '/nowhere/model', 'a/b/c', 'model'])('takes %s for a folder', (given) => {
    expect(modelArgument(given, {})).toHaveProperty('folder');
  });

  it('takes a path below a folder that is there for a folder: a typing error is no repository', () => {
    expect(modelArgument(join('lib', 'mini-6l'), {})).toHaveProperty('folder');
  });
});
