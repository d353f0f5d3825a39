import { expect, test } from 'vitest';
import { isAtLeast } from '../../../lib/cli/gpu/needed.js';
import { wheelOptions } from '../../../lib/cli/gpu/pip.js';
import { nvidiaRequirements } from '../../../lib/cli/gpu/requirement.js';

test("NVIDIA's packages of the extras for CUDA, and those that are always needed", () => {
  const lines = [
    'numpy>=1.21.6',
    'sympy; extra == "symbolic"',
    'nvidia-cuda-runtime~=13.0; extra == "cuda"',
    "nvidia_cudnn_cu13 (~=9.0) ; extra == 'cudnn'",
    'nvidia-npp~=13.0; extra == "images"',
    'nvidia-cublas',
    'nvidia-nvjitlink<14,>=13; platform_system == "Linux"',
  ];
  expect(nvidiaRequirements(lines)).toEqual([
    { name: 'nvidia-cuda-runtime', words: 'nvidia-cuda-runtime~=13.0' },
    { name: 'nvidia-cudnn-cu13', words: 'nvidia_cudnn_cu13~=9.0' },
    { name: 'nvidia-cublas', words: 'nvidia-cublas' },
    { name: 'nvidia-nvjitlink', words: 'nvidia-nvjitlink<14,>=13' },
  ]);
});

test('wheels for every manylinux up to the C library of the machine', () => {
  const options = wheelOptions('2.28');
  expect(options).toContain('--platform=manylinux_2_28_x86_64');
  expect(options).toContain('--platform=manylinux_2_5_x86_64');
  expect(options).not.toContain('--platform=manylinux_2_29_x86_64');
});

test.each([
  ['580.95.05', '580', true],
  ['570.211.01', '580', false],
  ['2.28', '2.28', true],
  ['2.9', '2.28', false],
  ['21.2', '21.2.1', false],
])('%s is at least %s: %s', (version, oldest, expected) => {
  expect(isAtLeast(version, oldest)).toBe(expected);
});
