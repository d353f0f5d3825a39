import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asFolderArgument, asGraphArgument, near } from '../../lib/cli/graph-argument.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { folderWith } from '../support/folder-with.js';

it('names the folder of the tokenizer, which on the hub lies around that of the graphs', () => {
  const hub = folderWith('onnx/model.onnx', 'tokenizer.json');
  expect(asGraphArgument(join(hub, 'onnx', 'model_q4.onnx'))).toBe(`${hub} --graph onnx/model_q4.onnx`);
  expect(asFolderArgument(join(hub, 'onnx'))).toBe(hub);
});

it('names the folder of the graph where the tokenizer lies beside it, or nowhere', () => {
  const flat = folderWith('onnx/tokenizer.json');
  expect(asGraphArgument(join(flat, 'onnx', 'model.onnx'))).toBe(`${join(flat, 'onnx')} --graph model.onnx`);
  const bare = folderWith('onnx/model.onnx', 'readme.txt');
  expect(asFolderArgument(join(bare, 'onnx'))).toBe(join(bare, 'onnx'));
});

it('writes paths below the working folder from there, and quotes those with spaces', () => {
  expect(near(projectPath('data', 'models'))).toBe(join('data', 'models'));
  expect(near(process.cwd())).toBe('.');
  expect(near(projectPath('my models', 'one'))).toBe(`"${join('my models', 'one')}"`);
});
