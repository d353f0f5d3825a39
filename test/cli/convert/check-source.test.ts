import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkSource } from '../../../lib/cli/convert/check-source.js';
import { run } from '../../../lib/cli/culture-lens.js';
import { folderWith } from '../../support/folder-with.js';

describe('checkSource', () => {
  it.each([[['config.json', 'model.onnx']], [['config.json', 'onnx/model_q4.onnx']]])(
    'refuses a folder with %j, which can be asked as it is',
    (names) => {
      const folder = folderWith(...names);
      expect(() => checkSource(folder)).toThrow(
        `Converting ${folder}: it holds an ONNX graph and no safetensors: there is nothing to convert. ` +
          `It can be asked as it is:\n  npx culture-lens probe ${folder}`,
      );
    },
  );

  it('refuses a graph itself, and names its folder', () => {
    const folder = folderWith('model.onnx');
    expect(() => checkSource(join(folder, 'model.onnx'))).toThrow(
      `model.onnx: it is an ONNX graph already. It can be asked as it is:\n  npx culture-lens probe ${folder} --graph model.onnx`,
    );
  });

  it('refuses the name of a repository, and says how its files come to this disk', () => {
    expect(() => checkSource('organisation/model')).toThrow(
      'Converting organisation/model: there is no folder of that name. Expected files on this disk.\n' +
        '  npx culture-lens fetch organisation/model --list\n',
    );
    expect(() => checkSource('organisation/model')).toThrow(
      '  hf download organisation/model --local-dir <folder>\n    brings the checkpoint',
    );
    expect(() => checkSource('organisation/model@v1')).toThrow(
      'hf download organisation/model --revision v1 --',
    );
  });

  it('leaves everything else to the converter', () => {
    for (const names of [
      ['config.json', 'model.safetensors'],
      ['model.safetensors', 'onnx/model.onnx'],
      [],
    ]) {
      expect(() => checkSource(folderWith(...names))).not.toThrow();
    }
    expect(() => checkSource('/no/such/folder')).not.toThrow();
    expect(() => checkSource('lib/no-such-folder')).not.toThrow();
  });

  it('comes first in the command: nothing is started for it', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await run(['node', 'culture-lens', 'convert', 'organisation/model', 'out'])).toBe(1);
    expect(said.mock.calls.flat().join()).toContain('culture-lens: Converting organisation/model:');
    said.mockRestore();
  });
});
