import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { externalDataOf } from '../../../lib/inference/graph/external-data.js';

const graph = (folder: string): string => projectPath('test', 'fixtures', 'onnx', folder, 'model.onnx');

it.each([
  ['plain', []],
  ['external-data', ['model.onnx_data']],
  ['no-position-ids', ['model.onnx.data']],
])('names the files that the graph of %s refers to', (folder, expected) => {
  expect(externalDataOf(graph(folder))).toEqual(expected);
});

it('refuses a file that is no graph', () => {
  expect(() => externalDataOf(join(graph('plain'), '..', 'config.json'))).toThrow('Expected an ONNX model');
});
