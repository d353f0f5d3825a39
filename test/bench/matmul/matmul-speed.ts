import { readFileSync, writeFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelShape } from '../cost/model-shape.js';
import { matMulGraph } from './matmul-graph.js';

/** What {@link measureMatMul} is given as a JSON file; the answer is a number in another one. */
export interface MatMulRequest {
  readonly shape: ModelShape;
  /** Rows multiplied together. */
  readonly rows: number;
}

/** Larger than any processor's cache, as a model's weights are. */
const WEIGHTS_BYTES = 192 * 2 ** 20;
const WARM_UP_RUNS = 2;
const MEASURED_SECONDS = 4;
const FEWEST_RUNS = 5;

/** Floating-point operations a second of onnxruntime's MatMul at the shapes of a model's layers: the best of several runs. */
export async function measureMatMul({ shape, rows }: MatMulRequest): Promise<number> {
  const graph = matMulGraph(shape, WEIGHTS_BYTES);
  const session = await InferenceSession.create(graph.bytes, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
  });
  const input = new Float32Array(rows * shape.hiddenSize).fill(1);
  const feeds = { rows: new Tensor('float32', input, [rows, shape.hiddenSize]) };
  for (let run = 0; run < WARM_UP_RUNS; run += 1) {
    await session.run(feeds);
  }
  const start = performance.now();
  const seconds: number[] = [];
  while (seconds.length < FEWEST_RUNS || performance.now() - start < 1000 * MEASURED_SECONDS) {
    const before = performance.now();
    await session.run(feeds);
    seconds.push((performance.now() - before) / 1000);
  }
  await session.release();
  return (graph.operationsPerRow * rows) / Math.min(...seconds);
}

const [requestFile, resultFile] = process.argv.slice(2);
if (requestFile !== undefined && resultFile !== undefined) {
  const request = JSON.parse(readFileSync(requestFile, 'utf8')) as MatMulRequest;
  writeFileSync(resultFile, JSON.stringify(await measureMatMul(request)));
}
