import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseReader } from '../../../lib/inference/choose-reader.js';
import { requireKernels } from '../../../lib/inference/graph/element-support.js';
import { readModelFile } from '../../../lib/inference/graph/model-file.js';
import { insertBefore, makeNode } from '../../../lib/inference/graph/nodes.js';
import { type GraphProto, ModelProtoSchema, type NodeProto } from '../../../lib/inference/graph/onnx_pb.js';
import { readModelSettings } from '../../../lib/inference/model-settings.js';
import { onTheCpu } from '../../support/open-settings.js';
import { loadExport } from './exports.js';

const scratch = mkdtempSync(join(tmpdir(), 'elements-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const [FLOAT32, BFLOAT16] = [1, 16];
const plain = loadExport('plain');

/** Writes a copy of the plain export whose products read their weights from bfloat16. */
function withWeightsInBfloat16(
  name: string,
  change: (graph: GraphProto, product: NodeProto) => void,
): string {
  const model = fromBinary(ModelProtoSchema, readFileSync(plain.graph));
  const graph = model.graph as GraphProto;
  const weights = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  for (const product of graph.node.filter(({ opType }) => opType === 'MatMul')) {
    const tensor = weights.get(product.input[1] ?? '');
    if (tensor === undefined) {
      continue;
    }
    // The upper half of a float32 is a bfloat16.
    const halves = tensor.rawData.filter((_, byte) => byte % 4 > 1);
    Object.assign(tensor, { dataType: BFLOAT16, rawData: halves });
    change(graph, product);
  }
  const path = join(scratch, name);
  writeFileSync(path, toBinary(ModelProtoSchema, model));
  return path;
}

const castInput = (graph: GraphProto, node: NodeProto, input: 0 | 1, to: number): void => {
  const cast = `test.cast.${input}.${node.name}`;
  insertBefore(graph, node, [
    makeNode('Cast', { input: [node.input[input] ?? ''], output: [cast], integers: { to } }),
  ]);
  node.input[input] = cast;
};

const settings = { ...onTheCpu, ...readModelSettings(join(plain.graph, '..')), threads: 1 };

describe('weights in bfloat16', () => {
  it('that are computed with as they are, are refused before onnxruntime refuses them', async () => {
    const graph = withWeightsInBfloat16('computed.onnx', (whole, product) => {
      castInput(whole, product, 0, BFLOAT16);
      const [result = ''] = product.output;
      product.output = [`${result}.bfloat16`];
      whole.node.splice(
        whole.node.indexOf(product) + 1,
        0,
        makeNode('Cast', { input: [`${result}.bfloat16`], output: [result], integers: { to: FLOAT32 } }),
      );
    });
    await expect(chooseReader({ ...settings, graph })).rejects.toThrow(
      `Reading the graph ${graph}: MatMul node /model/layers.0/self_attn/q_proj/MatMul computes in bfloat16, for which ` +
        'onnxruntime has no kernel on cpu. Expected float32 or float16, or --provider cuda. Convert the model again',
    );
    await expect(InferenceSession.create(graph, { logSeverityLevel: 4 })).rejects.toThrow(
      'Could not find an implementation for MatMul',
    );
    const file = readModelFile(graph);
    expect(() => requireKernels(file.graph, { path: graph, provider: 'cuda' })).not.toThrow();
    expect(() => requireKernels(file.graph, { path: graph, provider: 'webgpu' })).toThrow(
      'no kernel on webgpu',
    );
  });

  it('that are changed to float32 first are read', async () => {
    const graph = withWeightsInBfloat16('stored.onnx', (whole, product) =>
      castInput(whole, product, 1, FLOAT32),
    );
    const { reader, selfTest } = await chooseReader({ ...settings, graph });
    try {
      expect(selfTest.way).toBe('packed-rows');
      const distances: number[] = [];
      for (const { tokenIds, logProbs } of plain.sequences) {
        const reads = [{ place: tokenIds.length - 1, tokenIds: plain.listed }];
        const [[reading] = []] = await reader.read([{ tokenIds, reads }]);
        distances.push(
          ...logProbs.map((expected, index) => Math.abs(expected - (reading?.logProbs[index] ?? Number.NaN))),
        );
      }
      // Eight bits of a weight are left: its relative error is up to 1/128, so log-probabilities move, but not far.
      expect(Math.max(...distances)).toBeLessThan(0.5);
      expect(Math.max(...distances)).toBeGreaterThan(1e-3);
    } finally {
      await reader.release();
    }
  });
});
