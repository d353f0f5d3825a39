import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { cudaLibraries } from '../../../lib/inference/cuda/cuda-libraries.js';
import { temporaryFolders } from '../../runs/store/fixtures.js';

const newFolder = temporaryFolders();

test('what the provider asks for by name, dependencies first; neither parts of cuDNN nor what replaces BLAS', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'lib'));
  const names = [
    'libcublas.so.13',
    'libcublasLt.so.13',
    'libcudart.so.13',
    'libcudnn.so.9',
    'libcurand.so.10',
  ];
  const others = ['libcudnn_graph.so.9', 'libnvblas.so.13', 'libcufftw.so.12', 'libnvrtc-builtins.so.13.5'];
  for (const name of [...names, ...others]) {
    writeFileSync(join(folder, 'lib', name), '');
  }
  expect(cudaLibraries(folder).map((path) => basename(path))).toEqual([
    'libcudart.so.13',
    'libcublasLt.so.13',
    'libcublas.so.13',
    'libcurand.so.10',
    'libcudnn.so.9',
  ]);
});

test('none where nothing has been set up', () => {
  expect(cudaLibraries(join(newFolder(), 'absent'))).toEqual([]);
});
