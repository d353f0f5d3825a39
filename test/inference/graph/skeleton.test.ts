import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../lib/inference/graph/byte-source.js';
import { readModelFile } from '../../../lib/inference/graph/model-file.js';
import { declareTensor, makeNode } from '../../../lib/inference/graph/nodes.js';
import {
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from '../../../lib/inference/graph/onnx_pb.js';
import { readSkeleton } from '../../../lib/inference/graph/skeleton.js';
import { lengthPrefix } from '../../../lib/inference/graph/wire.js';
import { loadExport } from './exports.js';
import { bytesOf, field, sourceOf, text } from './protobuf-bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'graph-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FLOAT = 1;
const MEGABYTE = 2 ** 20;

describe('a skeleton', () => {
  it('is made without reading the weights', () => {
    // A tensor of 64 MB that exists nowhere: reading it gives zeros, and is counted.
    const size = 64 * MEGABYTE;
    const head = bytesOf([field(8, text('weights')), Uint8Array.of(0x10, FLOAT), lengthPrefix(9, size)]);
    const outer = field(8, bytesOf([Uint8Array.of(0x10), Uint8Array.of(18)]));
    const node = field(1, toBinary(NodeProtoSchema, add('y', ['x', 'x'])));
    const tensorStart = lengthPrefix(5, head.length + size);
    const graphStart = lengthPrefix(7, node.length + tensorStart.length + head.length + size);
    const before = bytesOf([outer, graphStart, node, tensorStart, head]);
    let read = 0;
    const source: ByteSource = {
      size: before.length + size,
      read: (offset, length) => {
        const bytes = new Uint8Array(Math.min(length, before.length + size - offset));
        read += bytes.length;
        bytes.set(before.subarray(offset, offset + length));
        return bytes;
      },
    };
    const skeleton = readSkeleton(source, 'model.onnx');
    expect(read).toBeLessThan(MEGABYTE / 4);
    expect(skeleton.length).toBeLessThan(1000);
    const [weights] = fromBinary(ModelProtoSchema, skeleton).graph?.initializer ?? [];
    expect(weights?.name).toBe('weights');
    expect(externalOf(weights)).toEqual({
      location: 'model.onnx',
      offset: String(before.length),
      length: String(size),
    });
  });

  it('leaves small tensors inside and names the bytes of large ones', () => {
    const path = loadExport('plain').graph;
    const file = new Uint8Array(readFileSync(path));
    const full = fromBinary(ModelProtoSchema, file).graph as GraphProto;
    const bare = fromBinary(ModelProtoSchema, readSkeleton(sourceOf(file), 'model.onnx')).graph as GraphProto;
    let external = 0;
    for (const [index, { name, rawData }] of full.initializer.entries()) {
      const found = bare.initializer[index] as TensorProto;
      expect(found.name).toBe(name);
      if (rawData.length <= 1024) {
        expect(found.rawData).toEqual(rawData);
        continue;
      }
      external += 1;
      const { offset, length } = externalOf(found);
      expect(file.subarray(Number(offset), Number(offset) + Number(length))).toEqual(rawData);
      expect(found.rawData).toHaveLength(0);
    }
    expect(external).toBeGreaterThan(10);
  });

  it('finds large tensors in Constant nodes and in the branches of an If', async () => {
    const numbers = (factor: number): Float32Array =>
      Float32Array.from({ length: 512 }, (_, i) => factor * i);
    const data = (name: string, factor: number): TensorProto =>
      create(TensorProtoSchema, {
        name,
        dataType: FLOAT,
        dims: [512n],
        rawData: new Uint8Array(numbers(factor).buffer),
      });
    const constant = makeNode('Constant', { input: [], output: ['c'] });
    constant.attribute.push(create(AttributeProtoSchema, { name: 'value', type: 4, t: data('', 1) }));
    const branch = (name: string, factor: number): GraphProto =>
      named(
        create(GraphProtoSchema, {
          node: [makeNode('Identity', { input: [`${name}.data`], output: [`${name}.out`] })],
          initializer: [data(`${name}.data`, factor)],
          output: [declareTensor(`${name}.out`, FLOAT, [512])],
        }),
      );
    const choice = makeNode('If', { input: ['condition'], output: ['chosen'] });
    choice.attribute.push(
      create(AttributeProtoSchema, { name: 'then_branch', type: 5, g: branch('then', 10) }),
      create(AttributeProtoSchema, { name: 'else_branch', type: 5, g: branch('else', 100) }),
    );
    const path = join(folder, 'branches.onnx');
    const graph = create(GraphProtoSchema, {
      node: [constant, choice, add('sum', ['c', 'chosen'])],
      input: [declareTensor('condition', 9, [])],
      output: [declareTensor('sum', FLOAT, [512])],
    });
    const opsetImport = [{ domain: '', version: 18n }];
    const bytes = toBinary(ModelProtoSchema, create(ModelProtoSchema, { opsetImport, graph: named(graph) }));
    // Field 1 is the version of the format itself.
    writeFileSync(path, bytesOf([Uint8Array.of(8, 8), bytes]));
    const { model: skeleton, weightsFolder } = readModelFile(path);
    const small = toBinary(ModelProtoSchema, skeleton);
    expect(small.length).toBeLessThan(1000);
    const session = await InferenceSession.create(small, {
      extra: { session: { model_external_initializers_file_folder_path: weightsFolder } },
    });
    for (const [condition, factor] of [
      [true, 11],
      [false, 101],
    ] as const) {
      const { sum } = await session.run({ condition: new Tensor('bool', [condition], []) });
      expect(sum?.data).toEqual(numbers(factor));
    }
  });
});

function add(name: string, input: readonly string[]): NodeProto {
  return makeNode('Add', { input, output: [name] });
}

function externalOf({ externalData }: TensorProto = create(TensorProtoSchema)): Record<string, string> {
  return Object.fromEntries(externalData.map(({ key, value: content }) => [key, content]));
}

/** onnxruntime wants graphs to have names, which the project has no use for: field 2, in its wire form. */
function named(graph: GraphProto): GraphProto {
  graph.$unknown = [{ no: 2, wireType: 2, data: bytesOf([Uint8Array.of(4), text('test')]) }];
  return graph;
}
