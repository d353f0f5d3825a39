import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { afterAll, describe, expect, it } from 'vitest';
import { declareTensor, makeNode } from '../../lib/inference/graph/nodes.js';
import {
  type ModelProto,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
} from '../../lib/inference/graph/onnx_pb.js';
import { loadError } from '../../lib/inference/load-error.js';
import { loadSession } from '../../lib/inference/session.js';
import { loadExport } from './graph/exports.js';

const scratch = mkdtempSync(join(tmpdir(), 'load-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function write(change: (model: ModelProto) => void, more: readonly number[] = []): string {
  const model = fromBinary(ModelProtoSchema, readFileSync(loadExport('plain').graph));
  change(model);
  const path = join(scratch, 'model.onnx');
  writeFileSync(path, Buffer.concat([toBinary(ModelProtoSchema, model), Uint8Array.from(more)]));
  return path;
}

/** Gives the first node another operator. */
const operator = (opType: string, domain: string) => (model: ModelProto) => {
  model.opsetImport.push(create(OperatorSetIdProtoSchema, { domain: 'com.microsoft', version: 1n }));
  Object.assign(model.graph?.node[0] ?? {}, { opType, domain });
};

describe('a graph that onnxruntime does not load', () => {
  it.each<[string, () => string, RegExp]>([
    [
      'of a later version of the format',
      // Of a field that occurs twice the last counts: field 1, the version.
      () => write(() => {}, [0x08, 99]),
      /is written in version 99 of the ONNX format; this onnxruntime reads up to \d+\. Update onnxruntime-node, or export/,
    ],
    [
      'of later operators',
      () =>
        write(({ opsetImport: [first] }) => {
          Object.assign(first ?? {}, { version: 99n });
        }),
      /written in version 99 of the operators of ai\.onnx; this onnxruntime knows them up to \d+\. Update onnxruntime-node/,
    ],
    [
      'with a contributed operator that it does not have',
      () => write(operator('NoSuchAttention', 'com.microsoft')),
      /uses the operator NoSuchAttention of com\.microsoft, which this onnxruntime does not have\. Update .* another exporter/,
    ],
    [
      'with a standard operator that it does not know',
      () => write(operator('NoSuchOperator', '')),
      /uses the operator NoSuchOperator, which version \d+ of the operators does not have.*Update onnxruntime-node/,
    ],
    [
      'with an output that cannot be handed over',
      () =>
        write(({ graph }) => {
          graph?.output.push(declareTensor('test.rare', 16, [1]));
          const parts = { input: ['input_ids'], output: ['test.rare'], integers: { to: 16 } };
          graph?.node.push(makeNode('Cast', parts));
        }),
      /Unsupported data type: 16"\. The graph holds numbers in bfloat16\. An input or output is of a type/,
    ],
  ])('%s is explained', async (_, path, words) => {
    const graph = path();
    const { message } = await loadSession(graph, { provider: 'cpu', threads: 1 }).then(
      () => new Error('it was loaded'),
      (error: Error) => error,
    );
    expect(message).toContain(`Loading the ONNX graph ${graph} on cpu: onnxruntime says "`);
    expect(message).toMatch(words);
  });

  it('for another reason keeps the words of onnxruntime, with the likeliest way out', () => {
    const given = { graph: 'model.onnx', provider: 'cuda', rare: [] } as const;
    expect(loadError(new Error('Protobuf parsing failed.'), given).message).toBe(
      'Loading the ONNX graph model.onnx on cuda: onnxruntime says "Protobuf parsing failed.". The file may be cut short ' +
        'or not an ONNX graph: compare its size and SHA-256 with the source and copy it again.',
    );
  });
});
