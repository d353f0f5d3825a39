import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findModelFiles } from '../../lib/inference/model-files.js';
import { folderWith } from '../support/folder-with.js';

describe('findModelFiles', () => {
  it('takes the graph, its external data, configuration and tokenizer; nothing else', () => {
    const folder = folderWith(
      'model.onnx',
      'model.onnx_data',
      'model.onnx.data',
      'README.md',
      'tokenizer.json',
      'config.json',
    );
    const found = findModelFiles(folder);
    expect(found.graph).toBe(join(folder, 'model.onnx'));
    expect(found.all).toEqual([
      'config.json',
      'model.onnx',
      'model.onnx.data',
      'model.onnx_data',
      'tokenizer.json',
    ]);
  });

  it('counts weights under any name, but not those of another graph', () => {
    const files = [
      'model.onnx',
      'weights_all.bin',
      'model_q4.onnx',
      'model_q4.onnx_data',
      'model.safetensors',
    ];
    expect(findModelFiles(folderWith(...files)).all).toEqual(['model.onnx', 'weights_all.bin']);
  });

  it('knows the folder layout of transformers.js', () => {
    const folder = folderWith('onnx/model.onnx', 'onnx/model_q4.onnx', 'tokenizer.json');
    expect(findModelFiles(folder).graph).toBe(join(folder, 'onnx/model.onnx'));
    expect(findModelFiles(folder).all).toEqual(['onnx/model.onnx', 'tokenizer.json']);
  });

  it('takes the only graph there is, whatever its name', () => {
    expect(findModelFiles(folderWith('decoder.onnx')).all).toEqual(['decoder.onnx']);
  });

  it.each([
    [['README.md'], 'there is no ONNX graph in it (found README.md). Expected one ONNX graph'],
    [[], 'there is no ONNX graph in it (found no file). Expected one ONNX graph'],
    [
      ['a.onnx', 'b.onnx'],
      'several graphs, none of them under the usual name; found a.onnx, b.onnx. Expected',
    ],
  ])('refuses a folder with %j', (names, message) => {
    expect(() => findModelFiles(folderWith(...names))).toThrow(message);
  });

  it('names the way from a checkpoint to a folder that can be asked, as a command', () => {
    const refusal = (...names: string[]): [string, string] => {
      const folder = folderWith(...names);
      try {
        return [folder, findModelFiles(folder).graph];
      } catch (error) {
        return [folder, String(error)];
      }
    };
    const [folder, message] = refusal('config.json', 'model.safetensors');
    expect(message).toContain(
      `found config.json, model.safetensors). Expected one ONNX graph, best named model.onnx. It holds a checkpoint: npx culture-lens convert ${folder} <out> makes`,
    );
    const [other, ofGguf] = refusal('model.Q4_1.gguf');
    expect(ofGguf).toContain(`npx culture-lens convert ${join(other, 'model.Q4_1.gguf')} <out> makes`);
    expect(refusal('README.md')[1]).toContain('Name the folder that the graph lies in;');
  });

  it('takes the form of the weights that is asked for, with its own weights', () => {
    const names = [
      'onnx/model.onnx',
      'onnx/model.onnx_data',
      'onnx/model_q4.onnx',
      'onnx/model_q4.onnx_data',
      'config.json',
    ];
    const { all } = findModelFiles(folderWith(...names), { dtype: 'q4' });
    expect(all).toEqual(['config.json', 'onnx/model_q4.onnx', 'onnx/model_q4.onnx_data']);
  });

  it('says which forms there are when the one asked for is not', () => {
    const folder = folderWith('onnx/model.onnx', 'onnx/model_fp16.onnx');
    expect(() => findModelFiles(folder, { dtype: 'q4' })).toThrow(
      'none of its graphs is named as q4 (model_q4.onnx, onnx/model_q4.onnx, decoder_model_merged_q4.onnx, ' +
        'onnx/decoder_model_merged_q4.onnx); found onnx/model.onnx, onnx/model_fp16.onnx',
    );
  });

  it('takes a graph by its own name, in a folder of its own too', () => {
    const folder = folderWith(
      'model.onnx',
      'small/decoder.onnx',
      'small/decoder.onnx.data',
      'tokenizer.json',
    );
    const { graph, all } = findModelFiles(folder, { graph: 'small/decoder.onnx' });
    expect(graph).toBe(join(folder, 'small', 'decoder.onnx'));
    expect(all).toEqual(['small/decoder.onnx', 'small/decoder.onnx.data', 'tokenizer.json']);
    expect(() => findModelFiles(folder, { graph: 'other.onnx' })).toThrow(
      'there is no other.onnx; found model.onnx',
    );
  });

  it('refuses a folder that is not there', () => {
    expect(() => findModelFiles('/nowhere/at/all')).toThrow('/nowhere/at/all: it is not there');
    const file = join(folderWith('model.onnx'), 'model.onnx');
    expect(() => findModelFiles(file)).toThrow('model.onnx: it is a file, no folder. Expected');
  });
});
