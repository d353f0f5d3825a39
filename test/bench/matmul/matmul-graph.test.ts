import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { matMulGraph } from './matmul-graph.js';

const shape = {
  layers: 2,
  hiddenSize: 64,
  feedForwardSize: 256,
  heads: 4,
  keyValueHeads: 2,
  headSize: 16,
  vocabularySize: 10,
};

it('multiplies at the shapes of the layers, and counts what it multiplies', async () => {
  const graph = matMulGraph(shape, 3_000_000);
  const session = await InferenceSession.create(graph.bytes, { executionProviders: ['cpu'] });
  const rows = new Tensor('float32', new Float32Array(3 * 64).fill(1), [3, 64]);
  const outputs = await session.run({ rows });
  // A layer: query and output 64 x 64 each, key and value 64 x 32 each, three of 64 x 256: 61,440 weights.
  // 3,000,000 / (4 x 61,440 bytes) = 12.2: 13 layers.
  expect(graph.operationsPerRow).toBe(2 * 13 * 61_440);
  const widths = ['key', 'value', 'gate'].map((name) => outputs[`${name}.12.first`]?.dims);
  expect(widths).toEqual([[32], [32], [256]]);
  const last = outputs['down.12.first']?.data as Float32Array;
  expect(last).toHaveLength(64);
  // Neither overflowing nor vanishing over 52 products.
  const size = Math.sqrt(last.reduce((sum, value) => sum + value * value, 0) / last.length);
  expect(size).toBeGreaterThan(1e-3);
  expect(size).toBeLessThan(1e3);
  await session.release();
});
