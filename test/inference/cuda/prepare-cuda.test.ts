import { afterEach, expect, test, vi } from 'vitest';
import { prepareCuda } from '../../../lib/inference/cuda/prepare-cuda.js';

afterEach(() => vi.unstubAllEnvs());

test('float32 stays float32 unless the user has said otherwise', () => {
  vi.stubEnv('NVIDIA_TF32_OVERRIDE', undefined);
  prepareCuda();
  expect(process.env.NVIDIA_TF32_OVERRIDE).toBe('0');
  vi.stubEnv('NVIDIA_TF32_OVERRIDE', '1');
  prepareCuda();
  expect(process.env.NVIDIA_TF32_OVERRIDE).toBe('1');
});
